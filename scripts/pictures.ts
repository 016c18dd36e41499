// npm run pictures: takes the README's pictures anew, by the browser tests' looks at each state.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright";
import { findExecutable, HEADLESS } from "#test/servers/find-executable.mjs";
import { ROOT } from "#test/servers/folder.ts";

/** Each picture of docs/images, and the states that it shows beside each other. */
const PICTURES = {
  signup: ["signup-light", "signup-advice-dark", "signup-errors-light", "signup-filled-dark"],
  inbox: ["inbox-sent-light", "inbox-retrying-dark", "inbox-refused-light", "inbox-verified-dark"],
  link: ["verify-light", "verify-password-dark", "verify-expired-light", "verify-not-me-dark"],
};

/** Pixels of the screen that the states are looked at on, and around each of them. */
const PHONE = 390;
const GAP = 16;

const folder = mkdtempSync(join(tmpdir(), "enlist-pictures-"));
const { status } = spawnSync("npx", ["playwright", "test", "states", "--project=phone"], {
  cwd: ROOT,
  env: { ...process.env, SCREENSHOTS: folder },
  stdio: ["ignore", "inherit", "inherit"],
});
if (status === 0) await compose();
rmSync(folder, { recursive: true });
process.exit(status ?? 1);

async function compose(): Promise<void> {
  const executablePath = findExecutable(HEADLESS);
  const browser = await chromium.launch(executablePath ? { executablePath } : {});
  const page = await browser.newPage({ viewport: { width: 4 * (PHONE + GAP) + GAP, height: 1 } });
  for (const [name, states] of Object.entries(PICTURES)) {
    const images = states.map((state) => {
      const png = readFileSync(join(folder, `${state}-phone.png`)).toString("base64");
      return `<img src="data:image/png;base64,${png}" width="${PHONE}">`;
    });
    await page.setContent(
      `<body style="margin:0;padding:${GAP}px;display:flex;gap:${GAP}px;align-items:start;background:#d9d6cf">${images.join("")}`,
      { waitUntil: "load" },
    );
    await page.screenshot({ path: join(ROOT, "docs", "images", `${name}.png`), fullPage: true });
  }
  await browser.close();
}
