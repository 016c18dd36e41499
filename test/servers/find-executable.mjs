import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Where servers lie that are not on everybody's PATH. */
const ELSEWHERE = ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/opt/homebrew/bin", "/snap/bin"];

/**
 * The path of the first of these programs that this machine has, or undefined.
 * @param {string[]} names
 * @returns {string | undefined}
 */
export function findExecutable(names) {
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...ELSEWHERE].filter(Boolean);
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        if (statSync(path).isFile()) return path;
      } catch {
        // Not here.
      }
    }
  }
  return undefined;
}

/** The programs that serve as Redis. */
export const REDIS = ["redis-server", "valkey-server"];

/** Chromium as a whole, which heeds the settings of a profile. */
export const CHROMIUM = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** What Playwright can drive as Chromium; without its windows it takes half the time. */
export const HEADLESS = ["chromium-headless-shell", ...CHROMIUM];

/** What pools connections to PostgreSQL. */
export const PGBOUNCER = ["pgbouncer"];

/** Firefox as it is released, which speaks WebDriver BiDi. */
export const FIREFOX = ["firefox-esr", "firefox"];

/** What drives WebKitGTK. */
export const WEBKIT = ["WebKitWebDriver"];

/** A screen that nobody sees. */
export const XVFB = ["Xvfb"];

/** What builds and runs container images without a service of its own. */
export const BUILDAH = ["buildah"];
