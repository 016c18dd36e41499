import type { Page } from "playwright/test";
import { aPerson } from "#test/system/person.ts";
import { fromCart, leadBackTo, startApplication, swap, type Application } from "./application.ts";
import { look } from "./look.ts";
import { startStack, type Stack } from "./stack.ts";
import {
  codeOf,
  confirm,
  expect,
  expectCheckInbox,
  expectVerified,
  fill,
  linkFor,
  test as base,
  watchConsole,
} from "./test.ts";

const test = base.extend<object, { app: Application; stack: Stack }>({
  app: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names out of the pattern
    async ({}, use) => {
      const app = await startApplication();
      await use(app);
      await app.close();
    },
    { scope: "worker" },
  ],
  stack: [
    async ({ app }, use) => {
      const stack = await startStack({ env: leadBackTo(app) });
      await use(stack);
      await stack.stop();
    },
    { scope: "worker", timeout: 300_000 },
  ],
});

const continueTo = (page: Page) => page.getByRole("link", { name: "Continue to The Shop" });

/** Signs up from the application's link. */
async function signUpFrom(page: Page, stack: Stack, query: string) {
  const person = aPerson();
  await page.goto(`${stack.url}/signup${query}`);
  await fill(page, person);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expectCheckInbox(page, person);
  return person;
}

/** Waits until the page has arrived there, and gives what was added to the address. */
async function arrival(page: Page, url: string): Promise<URLSearchParams> {
  await page.waitForURL((there) => there.href.startsWith(url));
  await expect(page.getByRole("heading", { name: "The shop" })).toBeVisible();
  return new URL(page.url()).searchParams;
}

test("the link in the same browser leads back with a code, which gives the person once", async ({
  page,
  stack,
  app,
}) => {
  const person = await signUpFrom(page, stack, fromCart(app));
  await page.goto(await linkFor(stack, person));
  await confirm(page);
  await expectVerified(page, stack, person);
  await expect(continueTo(page)).toBeFocused();
  await look(page, "verify-continue");
  await continueTo(page).click();
  const added = await arrival(page, `${app.url}/cart`);
  expect(added.get("id")).toBe("7");
  expect(added.get("state")).toBe("s-1");
  const body = { code: added.get("code")!, state: "s-1" };
  expect(await swap(stack, body, "another-secret-of-the-application")).toMatchObject({
    status: 401,
    error: "invalid_client",
  });
  const both = await Promise.all([swap(stack, body), swap(stack, body)]);
  const [won, lost] = both.toSorted((a, b) => a.status - b.status);
  expect(won).toMatchObject({
    status: 200,
    user: { username: person.username, fullName: person.fullName, email: person.email },
  });
  expect(lost).toMatchObject({ status: 400, error: "invalid_grant" });
});

test("the page that waited goes on by itself, unless that is stopped", async ({
  page,
  stack,
  app,
}) => {
  const person = await signUpFrom(page, stack, "");
  const [mail] = await stack.mails(person.email);
  await page.getByLabel("Code from the mail").fill(codeOf(mail!.text));
  await expectVerified(page, stack, person);
  await expect(continueTo(page)).toBeFocused();
  await page.getByRole("button", { name: "Stay here" }).click();
  await expect(page.getByText("continues by itself in")).toBeHidden();
  await look(page, "waiting-continue-stopped");

  // A page that is loaded again begins anew.
  await page.reload();
  await expect(page.getByText("continues by itself in")).toBeVisible();
  const added = await arrival(page, `${app.url}/welcome`);
  expect([...added.keys()]).toEqual(["code"]);
  expect((await swap(stack, { code: added.get("code") })).user.username).toBe(person.username);

  // Someone who comes back stays, whether the browser kept the page or loads it again.
  for (const come of [() => page.goBack(), () => page.reload()]) {
    await come();
    await expect(continueTo(page)).toBeVisible();
    await expect(page.getByText("continues by itself in")).toBeHidden();
  }
});

test("another device gets a code for the password, and the way back of the first", async ({
  page,
  browser,
  stack,
  app,
}) => {
  const person = await signUpFrom(page, stack, fromCart(app, "s-2"));
  const link = await linkFor(stack, person);
  const device = await browser.newContext();
  const other = await device.newPage();
  const complaints = watchConsole(other);
  await other.goto(link);
  await other.getByLabel("The password you chose").fill(person.password);
  await confirm(other);
  await continueTo(other).click();
  const added = await arrival(other, `${app.url}/cart`);
  expect(added.get("state")).toBe("s-2");
  expect((await swap(stack, { code: added.get("code") })).user.email).toBe(person.email);
  expect(complaints).toEqual([]);
  await device.close();
});

test("the link alone leads back without a code", async ({ page, browser, stack, app }) => {
  const person = await signUpFrom(page, stack, fromCart(app));
  const link = await linkFor(stack, person);
  await page.goto(link);
  await confirm(page);
  await expectVerified(page, stack, person);
  const device = await browser.newContext();
  const other = await device.newPage();
  await other.goto(link);
  await expect(other.getByRole("heading", { name: "Already verified" })).toBeVisible();
  await continueTo(other).click();
  expect([...(await arrival(other, `${app.url}/cart`)).keys()]).toEqual(["id"]);
  await device.close();
});

test("the way back survives a reload and a correction of the address", async ({
  page,
  stack,
  app,
}) => {
  const person = aPerson();
  await page.goto(`${stack.url}/signup${fromCart(app, "s-3")}`);
  await page.reload();
  await fill(page, person);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expectCheckInbox(page, person);
  const email = aPerson().email;
  await page.getByRole("button", { name: "Correct the address" }).click();
  await page.getByLabel("The right address").fill(email);
  await page.getByRole("button", { name: "Change it and mail me there" }).click();
  await page.goto(await linkFor(stack, { ...person, email }));
  await confirm(page);
  await continueTo(page).click();
  expect((await arrival(page, `${app.url}/cart`)).get("state")).toBe("s-3");
});

test("if no code can be had, the page leads back without one", async ({ page, stack, app }) => {
  const person = await signUpFrom(page, stack, fromCart(app));
  await page.goto(await linkFor(stack, person));
  await confirm(page);
  await page.route("**/api/trpc/handOff", (route) => route.abort());
  await continueTo(page).click();
  expect([...(await arrival(page, `${app.url}/cart`)).keys()]).toEqual(["id"]);
});

test("someone with an account is led to the application's sign-in page", async ({
  page,
  stack,
  app,
}) => {
  const person = await signUpFrom(page, stack, "");
  await page.goto(await linkFor(stack, person));
  await confirm(page);
  await expectVerified(page, stack, person);
  const second = aPerson({ email: person.email });
  await page.goto(`${stack.url}/signup`);
  const signIn = page.getByRole("link", { name: "Sign in" });
  await expect(signIn).toHaveAttribute("href", `${app.url}/sign-in`);
  await look(page, "signup-sign-in");
  await fill(page, second);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expectCheckInbox(page, second);
  const mails = await stack.mails(person.email, 2);
  const { text } = mails.find(({ subject }) => /already have an account/.test(subject))!;
  expect(text).toContain(`\n${app.url}/sign-in\n`);
});

test.describe("a link to the sign-up page", () => {
  test.use({ expected: /status of 400/ });

  for (const [what, query, parameter = "return_to"] of [
    ["another host", "?return_to=https://evil.example/"],
    ["another host without a scheme", "?return_to=//evil.example"],
    ["a script", "?return_to=javascript:alert(1)"],
    ["two addresses", "?return_to=https://evil.example/&return_to=http://localhost/"],
    ["a state with line breaks", "?state=a%0Ab", "state"],
    ["a state that is too long", `?state=${"x".repeat(501)}`, "state"],
  ] as const) {
    test(`with ${what} is refused before anything is typed`, async ({ page, stack }) => {
      const answer = await page.goto(`${stack.url}/signup${query}`);
      expect(answer!.status()).toBe(400);
      await expect(page.getByRole("heading", { name: "This link does not work" })).toBeVisible();
      await expect(page.locator("code")).toHaveText(parameter);
      if (what === "another host") await look(page, "signup-refused");
      await page.getByRole("link", { name: "Sign up without it" }).click();
      await expect(page.getByRole("heading", { name: "Create your account" })).toBeVisible();
    });
  }
});
