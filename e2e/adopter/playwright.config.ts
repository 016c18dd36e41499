import { defineConfig } from "playwright/test";
import config from "../../playwright.config.ts";

/** For adopter.slow.test.ts: the desktop alone. */
export default defineConfig({
  ...config,
  testDir: ".",
  globalSetup: "../global-setup.ts",
  projects: (config.projects ?? [])
    .filter(({ name }) => name === "desktop")
    .map((desktop) => ({ ...desktop, testIgnore: [] })),
});
