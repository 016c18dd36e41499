import type { Browser, Page } from "playwright/test";
import type { Stack } from "./stack.ts";
import { aPerson, type Person } from "#test/system/person.ts";
import {
  confirm,
  expect,
  expectCheckInbox,
  expectVerified,
  isVerified,
  linkFor,
  signUpOnPage,
  test,
  watchConsole,
} from "./test.ts";

async function signedUp(page: Page, stack: Stack): Promise<Person & { link: string }> {
  const person = aPerson();
  await signUpOnPage(page, stack, person);
  await expectCheckInbox(page, person);
  return { ...person, link: await linkFor(stack, person) };
}

/** Opens a link in a new browser, and passes the page to `work`. */
async function elsewhere(browser: Browser, link: string, work: (page: Page) => Promise<void>) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const complaints = watchConsole(page);
  await page.goto(link);
  await work(page);
  expect(complaints).toEqual([]);
  await context.close();
}

test("a scanner that opens the link first changes nothing", async ({ page, browser, stack }) => {
  const person = await signedUp(page, stack);
  for (const method of ["GET", "HEAD"]) {
    expect((await fetch(person.link, { method })).status).toBe(200);
  }
  await elsewhere(browser, person.link, async (scanner) => {
    await scanner.waitForLoadState("networkidle");
    await expect(scanner.getByRole("button", { name: "Confirm my address" })).toBeEnabled();
  });
  expect(await isVerified(stack, person)).toBe(false);

  await page.goto(person.link);
  await confirm(page);
  await expectVerified(page, stack, person);
});

test("a scanner that presses the button is asked for the password", async ({
  page,
  browser,
  stack,
}) => {
  const person = await signedUp(page, stack);
  await elsewhere(browser, person.link, async (scanner) => {
    await expect(scanner.getByLabel("The password you chose")).toBeVisible();
    await confirm(scanner);
    await expect(scanner.getByText("Enter your password.")).toBeVisible();
  });
  expect(await isVerified(stack, person)).toBe(false);
});

test("another browser confirms only with the right password", async ({ page, browser, stack }) => {
  const person = await signedUp(page, stack);
  await elsewhere(browser, person.link, async (other) => {
    await confirm(other);
    const password = other.getByLabel("The password you chose");
    await expect(password).toBeFocused();
    await password.fill("not-my-password");
    await confirm(other);
    await expect(password).toHaveAccessibleDescription(/not the password you signed up with/);
    expect(await isVerified(stack, person)).toBe(false);
    await password.fill(person.password);
    await confirm(other);
    await expectVerified(other, stack, person);
  });
});

test("the browser of another sign-up counts as another browser", async ({ page, stack }) => {
  const first = await signedUp(page, stack);
  await signedUp(page, stack); // Its cookie replaces the first one's.
  await page.goto(first.link);
  await expect(page.getByLabel("The password you chose")).toBeVisible();
  expect(await isVerified(stack, first)).toBe(false);
});

test("password managers see whose password it is, and people do not", async ({
  page,
  browser,
  stack,
}) => {
  const person = await signedUp(page, stack);
  await elsewhere(browser, person.link, async (other) => {
    const name = other.locator("form:has(input[type=password]) input[autocomplete=username]");
    await expect(name).toHaveValue(person.username);
    await other.getByLabel("The password you chose").focus();
    await other.keyboard.press("Shift+Tab");
    await expect(name).not.toBeFocused();
    await expect(other.getByRole("textbox")).toHaveCount(1);
  });
});

test("a link that a mail program has mangled still works", async ({ page, stack }) => {
  const person = await signedUp(page, stack);
  const token = person.link.split("=")[1]!;
  const mangled = [
    `?token=3D${token}`,
    `?token%3D${token}`,
    `?token%3D3D${token}`,
    `?token=${token}>`,
    `?token=${token}.`,
    `?token=${token}%20`,
    `?token=${token}%3E%0D%0A`,
    `?token=${token.slice(0, 20)}%20${token.slice(20)}`,
    `?amp;token=${token}&amp;utm_source=mail`,
    `%3Ftoken%3D${token}`,
  ];
  for (const query of mangled) {
    await page.goto(`${stack.url}/verify${query}`);
    await expect(page.getByText(person.email, { exact: true }), query).toBeVisible();
  }
  await confirm(page);
  await expectVerified(page, stack, person);
});

test("a used link says so in any browser", async ({ page, browser, stack }) => {
  const person = await signedUp(page, stack);
  await page.goto(person.link);
  await confirm(page);
  await expectVerified(page, stack, person);
  await elsewhere(browser, person.link, async (other) => {
    await expect(other.getByRole("heading", { name: "Already verified" })).toBeFocused();
    await expect(other).toHaveTitle(/^Already verified/);
  });
});

test("a cut or invented link says so, and offers a way on", async ({ page, stack }) => {
  const person = await signedUp(page, stack);
  const links: [string, string][] = [
    [person.link.slice(0, -1), "This is not one of our links."],
    [`${stack.url}/verify`, "The link is incomplete."],
    [`${stack.url}/verify?token=${"x".repeat(300)}`, "The link is too long."],
  ];
  for (const [link, words] of links) {
    await page.goto(link);
    await expect(page.getByRole("heading", { name: "This link does not work" })).toBeFocused();
    await expect(page).toHaveTitle(/^This link does not work/);
    await expect(page.getByText(words)).toBeVisible();
    await expect(page.getByRole("link", { name: "Go to the sign-up page" })).toBeVisible();
  }
});

test("a link can be confirmed even if its inspection fails", async ({ page, browser, stack }) => {
  const person = await signedUp(page, stack);
  await elsewhere(browser, person.link, async (other) => {
    await other.route("**/api/trpc/inspectLink", (route) => route.abort());
    await other.reload();
    await confirm(other);
    await expect(other.getByLabel("The password you chose")).toBeFocused();
  });
  await page.route("**/api/trpc/inspectLink", (route) => route.abort());
  await page.goto(person.link);
  await confirm(page);
  await expectVerified(page, stack, person);
});

test("a link that expires while its page is open offers a new mail", async ({ page, stack }) => {
  const person = await signedUp(page, stack);
  await page.goto(person.link);
  await expect(page.getByText(person.email, { exact: true })).toBeVisible();
  await stack.sql(
    "update email_verifications set expires_at = now(), created_at = now() - interval '61 s' where email = $1",
    [person.email],
  );
  await confirm(page);
  await expect(page.getByText("This link has expired.")).toBeVisible();
  await page.getByRole("button", { name: "Mail me a new link" }).click();
  await expect(page.getByText("A new mail is on its way")).toBeVisible();
  expect(await stack.mails(person.email, 2)).toHaveLength(2);
});
