import type { Page, Request } from "playwright/test";
import { aPerson } from "#test/system/person.ts";
import type { Stack } from "./stack.ts";
import {
  age,
  codeOf,
  confirm,
  expect,
  expectCheckInbox,
  expectVerified,
  isVerified,
  linkFor,
  signedUp,
  test,
} from "./test.ts";

const heading = (page: Page, name: string) => page.getByRole("heading", { name });
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

test("the first tab follows a correction and a confirmation on another device", async ({
  page,
  browser,
  stack,
}) => {
  const mistyped = await signedUp(page, stack);
  const deadLink = await linkFor(stack, mistyped);
  const person = { ...mistyped, email: `right.${mistyped.email}` };
  await button(page, "Correct the address").click();
  await page.getByLabel("The right address").fill(person.email);
  await button(page, "Change it and mail me there").click();
  await expect(page.getByText(person.email, { exact: true })).toBeVisible();
  await expect(page.getByText("Mail handed over for delivery")).toBeVisible();

  const device = await browser.newContext({ viewport: { width: 360, height: 700 } });
  const other = await device.newPage();
  await other.goto(deadLink);
  await expect(other.getByText("The address was changed")).toBeVisible();
  await other.goto(await linkFor(stack, person));
  await other.getByLabel("The password you chose").fill(person.password);
  await confirm(other);
  await expectVerified(other, stack, person);
  await device.close();
  await expect(heading(page, "You are verified")).toBeFocused();
  await expect(page).toHaveTitle(/^You are verified/);
});

test("a correction is announced and focused, and the same address is refused", async ({
  page,
  stack,
}) => {
  const person = await signedUp(page, stack);
  await button(page, "Correct the address").click();
  await button(page, "Change it and mail me there").click();
  const field = page.getByLabel("The right address");
  await expect(field).toHaveAccessibleDescription(/the address that we have/);
  await expect(field).toBeFocused();
  await button(page, "Keep it as it is").click();
  await expect(button(page, "Correct the address")).toBeFocused();
  await button(page, "Correct the address").click();
  await field.fill(`right.${person.email}`);
  await button(page, "Change it and mail me there").click();
  await expect(page.getByText(`your mail goes to right.${person.email} now`)).toBeFocused();
});

test("a tab that comes to the front shows the latest sign-up", async ({ page, context, stack }) => {
  const first = await signedUp(page, stack);
  await expect(page.getByText(first.email, { exact: true })).toBeVisible();
  const other = await context.newPage();
  const second = await signedUp(other, stack);
  // Headless pages are all in front, so the test fires the browser's event.
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect(page.getByText(second.email, { exact: true })).toBeVisible();
});

test("the page has one stream, however often the user comes back to it", async ({
  page,
  stack,
}) => {
  const comesBack = () =>
    page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await page.clock.install();
  let opened = 0;
  const open = new Set<Request>();
  page.on("request", (request) => {
    if (!request.url().includes("/signupStatus")) return;
    opened++;
    open.add(request);
  });
  page.on("requestfinished", (request) => open.delete(request));
  page.on("requestfailed", (request) => open.delete(request));
  await signedUp(page, stack);
  for (const times of [2, 3, 4]) {
    await comesBack();
    await expect.poll(() => opened).toBe(times);
    await page.clock.fastForward(5000); // Any delayed opening happens now.
  }
  await comesBack();
  await expect.poll(() => opened).toBe(5);
  await expect.poll(() => open.size).toBe(1);
});

test("a pasted code confirms without another click", async ({ page, stack }) => {
  const person = await signedUp(page, stack);
  const [mail] = await stack.mails(person.email);
  const code = page.getByLabel("Code from the mail");
  await expect(code).toHaveAttribute("autocomplete", "one-time-code");
  await code.fill(codeOf(mail!.text));
  await expectVerified(page, stack, person);
});

test("a code is found in pasted text, in the digits of any script", async ({ page, stack }) => {
  const person = await signedUp(page, stack);
  const [mail] = await stack.mails(person.email);
  const right = codeOf(mail!.text);
  const arabic = right.replaceAll(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)));
  const code = page.getByLabel("Code from the mail");
  let sent = 0;
  page.on("request", (request) => (sent += request.url().includes("verifyEmail") ? 1 : 0));
  await code.fill(`${right}, for 24 hours`);
  await page.keyboard.press("Enter");
  await expect(code).toHaveAccessibleDescription(/8 digits; these are 10/);
  expect(sent).toBe(0);
  await code.fill(`Your code: ${arabic.slice(0, 4)}\u200b–${arabic.slice(4)}.`);
  await expectVerified(page, stack, person);
  expect(sent).toBe(1);
});

/** Signs somebody up. Returns their mail's code, another one, and the field for it. */
async function askedForCode(page: Page, stack: Stack) {
  const person = await signedUp(page, stack);
  const [mail] = await stack.mails(person.email);
  const right = codeOf(mail!.text);
  const wrong = right.replace(/.$/, (digit) => String((Number(digit) + 1) % 10));
  return { person, right, wrong, code: page.getByLabel("Code from the mail") };
}

test("a wrong code is reported, and ten wrong codes block the mail's code", async ({
  page,
  stack,
}) => {
  const { person, right, wrong, code } = await askedForCode(page, stack);
  await code.fill("1234");
  await button(page, "Confirm").click();
  await expect(code).toHaveAccessibleDescription(/The code has 8 digits/);
  await code.fill(wrong);
  await button(page, /^Confirm/).click(); // It was already sent by itself; still one attempt in total.
  await expect(code).toHaveAccessibleDescription(
    /not the code of our newest mail.*9 attempts left/,
  );
  await expect(code).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(code).toBeFocused();
  await stack.sql("update email_verifications set code_attempts = 10 where email = $1", [
    person.email,
  ]);
  await code.fill(right);
  await expect(code).toHaveAccessibleDescription(/Too many wrong codes/);
  expect(await isVerified(stack, person)).toBe(false);
});

test("a code that comes while another one is being checked is checked next", async ({
  page,
  stack,
}) => {
  const { person, right, wrong, code } = await askedForCode(page, stack);
  const asked = page.waitForRequest(/verifyEmail/);
  let release!: () => void;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/verifyEmail/, (route) => held.then(() => route.continue()));
  await code.fill(wrong);
  await asked;
  await code.fill(right);
  release();
  await expectVerified(page, stack, person);
});

test("a new mail is sent after a minute, with a new code, and the first link still works", async ({
  page,
  stack,
}) => {
  const person = await signedUp(page, stack);
  const link = await linkFor(stack, person);
  await expect(button(page, /Send a new mail in \d+ s/)).toBeDisabled();
  await age(stack, person);
  await page.reload(); // Instead of waiting a minute.
  await button(page, "Send a new mail").click();
  await expect(page.getByText("A new mail is on its way.")).toBeVisible();
  await expect(button(page, /Send a new mail in/)).toBeFocused();
  const mails = await stack.mails(person.email, 2);
  expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(2);
  expect(new Set(mails.map(({ text }) => codeOf(text))).size).toBe(2);
  await expect(button(page, /Send a new mail in \d+ s/)).toBeDisabled();
  await page.goto(link);
  await confirm(page);
  await expectVerified(page, stack, person);
});

test("the page survives a reload and a return", async ({ page, stack }) => {
  const person = await signedUp(page, stack);
  await expect(page.getByText("Mail handed over for delivery")).toBeVisible();
  await page.reload();
  await expectCheckInbox(page, person);
  await page.goto("about:blank");
  await page.goto(`${stack.url}/signup/check-inbox`);
  await expectCheckInbox(page, person);
});

test("the recipient of a stranger's mail can delete the sign-up, which frees the username", async ({
  page,
  browser,
  stack,
}) => {
  const person = await signedUp(page, stack);
  const link = await linkFor(stack, person);
  const context = await browser.newContext();
  const other = await context.newPage();
  await other.goto(link);
  await button(other, "This was not me").click();
  await button(other, "Delete this sign-up").click();
  await expect(heading(other, "The sign-up is deleted")).toBeFocused();
  await context.close();
  await expect(heading(page, "No sign-up here")).toBeVisible();
  await signedUp(page, stack, { ...aPerson(), username: person.username });
});

test("nothing moves while a page loads", async ({ page, stack }) => {
  await page.addInitScript(() => {
    const seen = window as unknown as { shift: number };
    seen.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shift += (entry as unknown as Shift).value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await signedUp(page, stack);
  for (const path of ["/signup", "/signup/check-inbox", "/verify?token=x"]) {
    await page.goto(stack.url + path, { waitUntil: "load" });
    await expect(page.locator(".skeleton")).toHaveCount(0);
    const shift = await page.evaluate(async () => {
      // Shifts so far are reported with the next frame.
      for (const _ of [1, 2, 3]) await new Promise(requestAnimationFrame);
      return (window as unknown as { shift: number }).shift;
    });
    expect(shift, path).toBe(0);
  }
});

/** A layout shift as the browser reports it (https://wicg.github.io/layout-instability/). */
interface Shift {
  value: number;
}
