import { findExecutable, FIREFOX, WEBKIT, XVFB } from "#test/servers/find-executable.mjs";
import { test as base } from "../test.ts";
import type { Device } from "./device.ts";
import { openFirefox } from "./open-firefox.ts";
import { openWebkit } from "./open-webkit.ts";

interface Kind {
  name: string;
  open: () => Promise<Device>;
  /** Debian's packages, and what is in each. */
  needs: Record<string, string[]>;
}

const FIREFOX_ESR: Kind = {
  name: "Firefox",
  open: openFirefox,
  needs: { "firefox-esr": FIREFOX },
};
const WEBKITGTK: Kind = {
  name: "WebKit",
  open: openWebkit,
  needs: { "webkit2gtk-driver": WEBKIT, xvfb: XVFB },
};

/** `aDevice` opens a browser of this kind that has not been here; it is closed after the test. */
export const test = base.extend<{ kind: Kind; aDevice: () => Promise<Device> }>({
  // Playwright's own browser, which has the answers, does not run here.
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names out of the pattern
  answers: async ({}, use) => use(),
  kind: [FIREFOX_ESR, { option: true }],
  aDevice: async ({ kind }, use) => {
    const devices: Device[] = [];
    await use(async () => {
      const device = await kind.open();
      devices.push(device);
      return device;
    });
    await Promise.all(devices.map((device) => device.close()));
  },
});

/** Describes tests for each of the browsers. If one is not here, they are skipped, with the reason. */
export function inEachBrowser(describe: () => void): void {
  for (const kind of [FIREFOX_ESR, WEBKITGTK]) {
    const needs = Object.entries(kind.needs);
    const missing = needs.filter(([, names]) => !findExecutable(names)).map(([name]) => name);
    test.describe(kind.name, () => {
      test.use({ kind });
      test.skip(missing.length > 0, `not installed; on Debian: apt install ${missing.join(" ")}`);
      describe();
    });
  }
}
