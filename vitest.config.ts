import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{src,test,deploy,examples,scripts}/**/*.test.{ts,tsx}"],
    exclude: [...configDefaults.exclude, "test/scaling/**"],
    globalSetup: ["test/fixtures/global-setup.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Each file starts connections and a few a Redis of their own; two cores carry two at a time.
    maxWorkers: 2,
  },
});
