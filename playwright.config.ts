import { existsSync } from "node:fs";
import { firefox, webkit } from "playwright";
import { defineConfig, devices } from "playwright/test";
import { HEADLESS, findExecutable } from "./test/servers/find-executable.mjs";

/** The ways that people go, by browsers that Playwright cannot drive. */
const OTHERS = "other-browsers/*.spec.ts";

/** What needs the build of another brand. */
const ADOPTER = "adopter/*.spec.ts";

const executablePath = findExecutable(HEADLESS);
const launchOptions = {
  ...(executablePath ? { executablePath } : {}),
  args: [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    "--no-first-run",
  ],
};

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/global-setup.ts",
  // Each worker has a whole stack of its own; two cores carry two.
  workers: 2,
  fullyParallel: true,
  timeout: 300_000,
  expect: { timeout: 60_000 },
  forbidOnly: true,
  reporter: "list",
  outputDir: "test-results",
  projects: [
    {
      name: "desktop",
      use: { ...devices["Desktop Chrome"], launchOptions },
      testIgnore: [OTHERS, ADOPTER, "languages.spec.ts"],
    },
    { name: "others", testMatch: OTHERS },
    // What a phone's size and touch make a difference to: how pages look, and the way through them.
    {
      name: "phone",
      use: { ...devices["Pixel 7"], launchOptions },
      testMatch: ["accessibility", "languages", "sign-up", "states"].map(
        (name) => `${name}.spec.ts`,
      ),
    },
    // Playwright drives its own builds of these alone: they are there where somebody installed them.
    ...[
      { name: "firefox", browser: firefox, use: devices["Desktop Firefox"] },
      { name: "webkit", browser: webkit, use: devices["Desktop Safari"] },
    ].flatMap(({ browser, ...project }) =>
      existsSync(browser.executablePath())
        ? [{ ...project, testMatch: ["sign-up.spec.ts", "verify.spec.ts", "waiting.spec.ts"] }]
        : [],
    ),
  ],
});
