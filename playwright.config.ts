import { defineConfig, devices } from "playwright/test";
import { CHROMIUM, findExecutable } from "./scripts/find-executable.mjs";

const executablePath = findExecutable(CHROMIUM);

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/global-setup.ts",
  // Each worker has a whole stack of its own; two cores carry two.
  workers: 2,
  fullyParallel: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: "list",
  outputDir: "test-results",
  projects: [
    { name: "desktop", use: devices["Desktop Chrome"] },
    // What a phone's size and touch make no difference to is not run twice.
    { name: "phone", use: devices["Pixel 7"], testIgnore: ["api.spec.ts", "faults.spec.ts"] },
  ],
  use: {
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-gpu",
        "--no-first-run",
      ],
    },
  },
});
