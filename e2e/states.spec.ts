import type { Page } from "playwright/test";
import { look } from "./look.ts";
import { aPerson } from "#test/system/person.ts";
import {
  age,
  confirm,
  expect,
  expectCheckInbox,
  fill,
  isVerified,
  linkFor,
  signUpOnPage,
  test,
} from "./test.ts";

// Every state of every page is accessible, in both colour schemes, at any width. States that an
// unavailable store or a limit causes are in faults and limits.

const button = (page: Page, name: string) => page.getByRole("button", { name });
const heading = (page: Page, name: string) => page.getByRole("heading", { name });

test("the form is accessible: empty, with errors, unreachable, pending", async ({
  page,
  stack,
}) => {
  await page.goto(`${stack.url}/signup`);
  await expect(button(page, "Sign up")).toBeEnabled();
  await look(page, "signup");

  await button(page, "Sign up").click();
  await expect(page.getByText("Choose a username.")).toBeVisible();
  await look(page, "signup-errors");

  await fill(page, aPerson());
  await page.route("**/api/trpc/createUser", (route) => route.abort());
  await button(page, "Sign up").click();
  await expect(page.getByRole("alert").filter({ hasText: "reach the server" })).toBeFocused();
  await look(page, "signup-unreachable");

  await page.unroute("**/api/trpc/createUser");
  await page.route("**/api/trpc/createUser", () => {}); // Never answered.
  await button(page, "Sign up").click();
  await expect(button(page, "Signing up …")).toBeDisabled();
  await expect(page.getByText("reach the server")).toBeHidden();
  await look(page, "signup-pending");
});

test("the form is accessible: with advice, and filled in", async ({ page, stack }) => {
  const taken = aPerson();
  await signUpOnPage(page, stack, taken);
  await expectCheckInbox(page, taken);
  await page.goto(`${stack.url}/signup`);
  await fill(page, { ...taken, email: "ada@gmial.com", password: "password1" });
  await expect(page.getByText("This username is taken.")).toBeVisible();
  await expect(button(page, "Did you mean ada@gmail.com?")).toBeVisible();
  await expect(page.getByText(/^Weak\./)).toBeVisible();
  await look(page, "signup-advice");
  await button(page, "Did you mean ada@gmail.com?").click();
  await fill(page, { ...aPerson(), email: "ada@gmail.com" });
  await expect(page.getByText("This username is free.")).toBeVisible();
  await expect(page.getByText(/^Strong/)).toBeVisible();
  await look(page, "signup-filled");
});

test("the form without scripts shows a notice and no button", async ({ browser, stack }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${stack.url}/signup`);
  // Playwright reads no text inside a noscript.
  await expect(page.locator("noscript > p.notice")).toBeVisible();
  await expect(button(page, "Sign up")).toBeHidden();
  await context.close();
});

test("the waiting page is accessible: from loading to sent, and after failures", async ({
  page,
  newStack,
  sink,
}) => {
  const stack = await newStack({ env: { SMTP_URL: sink.url, VERIFY_EMAIL_BACKOFF_MS: "30000" } });
  sink.behave("refuse");
  const mistyped = aPerson();
  await page.route("**/api/trpc/signupStatus*", () => {}); // Still to come.
  await signUpOnPage(page, stack, mistyped);
  await expect(heading(page, "Check your inbox")).toBeFocused();
  await look(page, "inbox-loading");

  await page.unroute("**/api/trpc/signupStatus*");
  await page.reload();
  await expect(heading(page, "We could not mail you")).toBeFocused();
  await look(page, "inbox-refused");

  sink.behave("stall");
  const right = `right.${mistyped.email}`;
  await page.getByLabel("The right address").fill(right);
  await button(page, "Change it and mail me there").click();
  await expect(page.getByText("Mail is being sent")).toBeVisible();
  await look(page, "inbox-sending");

  sink.behave("refuse", "451 4.3.2 Try again later");
  sink.release();
  await expect(page.getByText("Mail handed over for delivery")).toBeVisible();
  await look(page, "inbox-sent");

  await button(page, "Correct the address").click();
  await expect(page.getByLabel("The right address")).toBeFocused();
  await look(page, "inbox-correcting");
  await age(stack, { email: right });
  await page.getByLabel("The right address").fill(`very.${right}`);
  await button(page, "Change it and mail me there").click();
  await expect(page.getByText("(attempt 2 of 10)")).toBeVisible();
  await expect(page.getByText(/Next try in \d+ s/)).toBeVisible();
  await look(page, "inbox-retrying");

  await page.getByLabel("Code from the mail").fill("0000 0000");
  await expect(page.getByText("not the code of our newest mail")).toBeVisible();
  await look(page, "inbox-wrong-code");

  await stack.web.program.stop();
  await expect(page.getByText("The connection is lost.")).toBeVisible();
  await look(page, "inbox-connection-lost");
});

test("the waiting page is accessible without a sign-up", async ({ page, stack }) => {
  await page.goto(`${stack.url}/signup/check-inbox`);
  await expect(heading(page, "No sign-up here")).toBeFocused();
  await look(page, "inbox-stranger");
});

test("the link's page is accessible in the browser that signed up", async ({
  page,
  context,
  stack,
}) => {
  const person = aPerson();
  await signUpOnPage(page, stack, person);
  await expectCheckInbox(page, person);
  const link = await linkFor(stack, person);

  const second = await context.newPage();
  await second.goto(link);
  await expect(second.getByText(person.email, { exact: true })).toBeVisible();
  await look(second, "verify");
  await button(second, "This was not me").click();
  await expect(heading(second, "This was not you?")).toBeFocused();
  await look(second, "verify-not-me");
  await button(second, "Back").click();
  await confirm(second);
  await expect(heading(second, "You are verified")).toBeFocused();
  await look(second, "verified");

  await expect(heading(page, "You are verified")).toBeVisible();
  await look(page, "inbox-verified");
  await second.goto(link);
  await expect(heading(second, "Already verified")).toBeFocused();
  await look(second, "verify-already");
});

test("the link's page is accessible in another browser", async ({ page, browser, stack }) => {
  const person = aPerson();
  await signUpOnPage(page, stack, person);
  await expectCheckInbox(page, person);
  const link = await linkFor(stack, person);
  const context = await browser.newContext({ viewport: page.viewportSize() });
  const other = await context.newPage();
  await other.goto(link);
  await expect(other.getByLabel("The password you chose")).toBeVisible();
  await look(other, "verify-password");
  await other.getByLabel("The password you chose").fill("not-my-password");
  await confirm(other);
  await expect(other.getByText("not the password you signed up with")).toBeVisible();
  await look(other, "verify-wrong-password");

  await stack.sql("update email_verifications set expires_at = now() where email = $1", [
    person.email,
  ]);
  await confirm(other);
  await expect(heading(other, "This link does not work")).toBeFocused();
  await look(other, "verify-expired");
  await button(other, "Mail me a new link").click();
  await expect(other.getByRole("alert").filter({ hasText: "Please wait" })).toBeVisible();
  await look(other, "verify-expired-wait");
  await age(stack, person);
  await button(other, "Mail me a new link").click();
  await expect(other.getByText("A new mail is on its way")).toBeFocused();
  await look(other, "verify-renewed");

  await other.goto(`${link}x`);
  await expect(other.getByText("This is not one of our links.")).toBeVisible();
  await look(other, "verify-broken");

  await other.goto(link);
  await button(other, "This was not me").click();
  await button(other, "Delete this sign-up").click();
  await expect(heading(other, "The sign-up is deleted")).toBeFocused();
  await look(other, "verify-discarded");
  await context.close();
  expect(await isVerified(stack, person)).toBe(false);
  await expect(heading(page, "No sign-up here")).toBeVisible();
});

test("an unknown path answers 404 with an accessible page", async ({ page, stack }) => {
  // The browser complains about a 404, so the page is served to it with 200.
  const response = await page.request.get(`${stack.url}/nothing`);
  expect(response.status()).toBe(404);
  await page.route("**/nothing", async (route) =>
    route.fulfill({ body: await response.body(), contentType: "text/html" }),
  );
  await page.goto(`${stack.url}/nothing`);
  await expect(page.getByRole("link", { name: "sign up here" })).toBeVisible();
  await look(page, "not-found");
});
