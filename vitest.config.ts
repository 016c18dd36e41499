import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{src,test,chaos,deploy,examples,fuzz,scripts}/**/*.test.{ts,tsx}"],
    globalSetup: ["test/fixtures/global-setup.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Each file starts connections and a few a Redis of their own; two cores carry two at a time.
    maxWorkers: 2,
  },
});
