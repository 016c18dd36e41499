import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "playwright/test";
import { CHROMIUM, findExecutable } from "#test/servers/find-executable.mjs";
import { look } from "./look.ts";
import { aPerson } from "#test/system/person.ts";
import {
  confirm,
  expect,
  expectVerified,
  fill,
  linkFor,
  test as base,
  watchConsole,
} from "./test.ts";

/** A page in a Chromium whose settings block all cookies and storage. */
const test = base.extend<{ blocked: Page }>({
  blocked: async ({ viewport }, use, info) => {
    const folder = mkdtempSync(join(tmpdir(), "enlist-no-cookies-"));
    mkdirSync(join(folder, "Default"));
    const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };
    writeFileSync(join(folder, "Default", "Preferences"), JSON.stringify(preferences));
    const executablePath = findExecutable(CHROMIUM);
    base.skip(!executablePath, "needs a Chromium as a whole; its headless shell has no settings");
    const options = {
      ...info.project.use.launchOptions,
      executablePath: executablePath!,
      viewport,
    };
    const context = await chromium.launchPersistentContext(folder, options);
    const page = await context.newPage();
    const complaints = watchConsole(page);
    await use(page);
    expect(complaints).toEqual([]);
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  },
});

test("a sign-up works, says so, and is confirmed by the link and the password", async ({
  blocked: page,
  stack,
}) => {
  const person = aPerson();
  await page.goto(`${stack.url}/signup`);
  await fill(page, person);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByText("Your browser kept no cookie from us")).toBeVisible();
  expect(await page.context().cookies()).toEqual([]);
  for (const _ of ["at once", "after a reload"]) {
    await expect(page.getByRole("heading", { name: "Check your inbox" })).toBeFocused();
    await expect(page.getByText("You have signed up, and the mail is on its way.")).toBeVisible();
    await expect(page.getByRole("link", { name: "Go to the sign-up page" })).toHaveCount(0);
    await page.reload();
  }
  await expect(page.getByText("You have signed up")).toBeVisible();
  await look(page, "inbox-no-cookies");

  await page.goto(await linkFor(stack, person));
  await expect(page.getByText("or this one has kept no cookie from us")).toBeVisible();
  await page.getByLabel("The password you chose").fill(person.password);
  await confirm(page);
  await expectVerified(page, stack, person);
});

test("a visitor without a sign-up is told that cookies may be blocked", async ({
  blocked: page,
  stack,
}) => {
  // As Firefox does if it blocks cookies.
  await page.addInitScript(() => {
    window.BroadcastChannel = new Proxy(BroadcastChannel, {
      construct() {
        throw new DOMException("The operation is insecure.", "SecurityError");
      },
    });
  });
  await page.goto(`${stack.url}/signup/check-inbox`);
  await expect(page.getByRole("heading", { name: "No sign-up here" })).toBeFocused();
  await expect(
    page.getByText(/it may have kept no cookie from us\. .* your mail comes/),
  ).toBeVisible();
});
