import { aPerson } from "#test/system/person.ts";
import { expect, expectCheckInbox, fill, signUpOnPage, test } from "./test.ts";
import type { Locator, Page } from "playwright/test";

const password = (page: Page) => page.getByLabel("Password", { exact: true });
const username = (page: Page) => page.getByLabel("Username");
const said = (page: Page) => page.getByRole("status").filter({ hasText: "This username is" });

/** Where an element is on the page, however far that is scrolled. */
const placeOf = (element: Locator) =>
  element.evaluate((node) => {
    const { x, y } = node.getBoundingClientRect();
    return [Math.round(x + scrollX), Math.round(y + scrollY)];
  });

test.describe("the password", () => {
  test("is shown and hidden, and keeps focus and caret", async ({ page, stack }) => {
    await page.goto(`${stack.url}/signup`);
    await fill(page, { password: "vexed otter" });
    const field = password(page);
    await field.evaluate((input: HTMLInputElement) => input.setSelectionRange(5, 5));
    await page.getByRole("button", { name: "Show password" }).click();
    await expect(field).toHaveAttribute("type", "text");
    await expect(field).toBeFocused();
    await page.keyboard.type("-");
    await expect(field).toHaveValue("vexed- otter");
    await page.getByRole("button", { name: "Hide password" }).click();
    await expect(field).toHaveAttribute("type", "password");
    await page.keyboard.type("-");
    await expect(field).toHaveValue("vexed-- otter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await expect(page.getByRole("button", { name: "Hide password" })).toBeFocused();
    await expect(field).toHaveAttribute("type", "text");
    await expect(page.getByRole("heading", { name: "Create your account" })).toBeVisible();
  });

  test("is hidden while it is sent, and signs up as shown", async ({ page, stack }) => {
    const person = aPerson();
    await page.route("**/api/trpc/createUser", async (route) => {
      await expect(password(page)).toHaveAttribute("type", "password");
      await route.continue();
    });
    await page.goto(`${stack.url}/signup`);
    await fill(page, person);
    await page.getByRole("button", { name: "Show password" }).click();
    await page.getByRole("button", { name: "Sign up" }).click();
    await expectCheckInbox(page, person);
  });

  test("may be pasted", async ({ page, stack, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: stack.url });
    await page.goto(`${stack.url}/signup`);
    await page.evaluate(() => navigator.clipboard.writeText("vexed-otter-lantern-42"));
    await password(page).focus();
    await page.keyboard.press("ControlOrMeta+v");
    await expect(password(page)).toHaveValue("vexed-otter-lantern-42");
    await expect(page.getByText("Strong: very hard to guess.").first()).toBeVisible();
  });

  const RATED: [typed: string, level: string, said: RegExp][] = [
    ["abc", "1", /Too short/],
    ["password1", "1", /Weak\. .*a common password/],
    ["qwertyuiop", "1", /Weak\. /],
    ["mary_taylor", "1", /Weak\. .*Names are easy/],
    ["ada_lovelace", "1", /Weak\. .*your name or address/],
    ["taylorvexed", "2", /Fair, .*Names are easy/],
    ["vexed-otter", "3", /Good/],
    ["vexed-otter-lantern-42", "4", /Strong/],
  ];

  test("is rated in words that say what would help", async ({ page, stack }) => {
    await page.goto(`${stack.url}/signup`);
    await fill(page, { username: "ada", fullName: "Ada Lovelace" });
    for (const [typed, level, words] of RATED) {
      await fill(page, { password: typed });
      await expect(page.locator(".meter")).toHaveAttribute("data-level", level);
      await expect(password(page)).toHaveAccessibleDescription(words);
    }
  });

  test("is rated again if a name that it contains is typed after it", async ({ page, stack }) => {
    await page.goto(`${stack.url}/signup`);
    await fill(page, { password: "zarquon-2026" });
    await expect(page.locator(".meter")).toHaveAttribute("data-level", "3");
    await fill(page, { username: "zarquon" });
    await expect(page.locator(".meter")).toHaveAttribute("data-level", /[12]/);
    await expect(password(page)).toHaveAccessibleDescription(/your name or address/);
  });

  test("moves nothing on the page while it is rated", async ({ page, stack }) => {
    for (const width of [1280, 360, 320]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${stack.url}/signup`);
      const button = page.getByRole("button", { name: "Sign up" });
      const before = await placeOf(button);
      for (const [typed, level] of RATED) {
        await fill(page, { password: typed });
        await expect(page.locator(".meter")).toHaveAttribute("data-level", level);
        expect(await placeOf(button)).toEqual(before);
      }
    }
  });

  test("loads the meter on first use, and not before", async ({ page, stack }) => {
    const fetched: string[] = [];
    page.on("response", (response) => fetched.push(response.url()));
    await page.goto(`${stack.url}/signup`, { waitUntil: "networkidle" });
    const before = fetched.length;
    await password(page).focus();
    await expect.poll(() => fetched.length).toBeGreaterThan(before);
  });

  // A page that the fixture does not watch, as the browser complains about failed loads.
  for (const which of ["the chunk", "the worker"]) {
    test(`needs no meter if ${which} cannot be loaded`, async ({ context, stack }) => {
      const page = await context.newPage();
      const thrown: Error[] = [];
      page.on("pageerror", (error) => thrown.push(error));
      const person = aPerson();
      await page.goto(`${stack.url}/signup`, { waitUntil: "networkidle" });
      const ahead: string[] = [];
      page.on("request", (request) => {
        if (request.url().includes("check-inbox")) ahead.push(request.url());
      });
      let blocked = 0;
      await context.route("**/_next/static/**", async (route) => {
        const isWorker = route.request().url().includes("worker");
        if (which === "the worker" && !isWorker) return route.continue();
        blocked++;
        return route.abort();
      });
      await fill(page, person);
      await expect.poll(() => blocked).toBeGreaterThan(0);
      await context.unroute("**/_next/static/**");
      // A blocked script of the next page would stay missing.
      expect(ahead).toEqual([]);
      await page.getByRole("button", { name: "Sign up" }).click();
      await expectCheckInbox(page, person);
      expect(thrown).toEqual([]);
    });
  }

  test("says when Caps Lock is on, and when it is off again", async ({ page, stack }) => {
    await page.goto(`${stack.url}/signup`);
    const press = (modifierCapsLock: boolean) =>
      password(page).evaluate(
        (input, on) =>
          input.dispatchEvent(
            new KeyboardEvent("keydown", { key: "A", bubbles: true, modifierCapsLock: on }),
          ),
        modifierCapsLock,
      );
    const hint = page.getByRole("status").filter({ hasText: "Caps Lock is on" });
    await password(page).focus();
    await press(true);
    await expect(hint).toBeVisible();
    await press(false);
    await expect(hint).toHaveCount(0);
    await press(true);
    await expect(hint).toBeVisible();
    await page.getByLabel("Username").focus();
    await expect(hint).toHaveCount(0);
  });
});

test.describe("the address", () => {
  test("is questioned if it looks mistyped, and corrected by one press", async ({
    page,
    stack,
  }) => {
    await page.goto(`${stack.url}/signup`);
    const email = page.getByLabel("E-mail address");
    const question = page.getByRole("button", { name: "Did you mean Ada+x@gmail.com?" });
    await email.fill("Ada+x@gmial.com");
    await page.keyboard.press("Tab");
    await expect(page.getByRole("status").filter({ has: question })).toBeVisible();
    await expect(email).toHaveAccessibleDescription(/Did you mean Ada\+x@gmail\.com\?/);
    await page.keyboard.press("Shift+Tab");
    await expect(question).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(email).toHaveValue("Ada+x@gmail.com");
    await expect(email).toBeFocused();
    await expect(question).toHaveCount(0);
  });

  test("is no longer questioned once it is changed", async ({ page, stack }) => {
    await page.goto(`${stack.url}/signup`);
    const question = page.getByRole("button", { name: /Did you mean/ });
    await fill(page, { email: "ada@hotmial.com" });
    await page.keyboard.press("Tab");
    await expect(question).toBeVisible();
    await fill(page, { email: "ada@hotmail.fr" });
    await expect(question).toHaveCount(0);
  });

  test("may stay as typed", async ({ page, stack }) => {
    const person = aPerson();
    person.email = `${person.username}@gmial.com`;
    await page.goto(`${stack.url}/signup`);
    await fill(page, person);
    await expect(page.getByRole("button", { name: /Did you mean/ })).toBeVisible();
    await page.getByRole("button", { name: "Sign up" }).click();
    await expectCheckInbox(page, person);
  });

  test("is refused, with an error at its field, if no mail would reach it", async ({
    page,
    stack,
  }) => {
    const person = aPerson();
    await page.setViewportSize({ width: 320, height: 900 });
    await page.goto(`${stack.url}/signup`);
    const field = page.getByLabel("E-mail address");
    for (const [email, words] of [
      [`ada@${"a".repeat(60)}.invalid`, /No mail can be sent to a{60}\.invalid\. Please check/],
      ["jürgen@example.com", /We cannot send mail to an address with “ü” before the @\./],
    ] as const) {
      await fill(page, { ...person, email });
      await page.getByRole("button", { name: "Sign up" }).click();
      await expect(field).toHaveAccessibleDescription(words);
      await expect(field).toBeFocused();
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(
        true,
      );
    }
    await fill(page, { ...person, email: `${person.username}@exämple.com` });
    await page.getByRole("button", { name: "Sign up" }).click();
    await expectCheckInbox(page, {
      ...person,
      email: `${person.username}@xn--exmple-cua.com`,
    });
  });

  test("moves nothing on the page while it is questioned, at any length", async ({
    page,
    stack,
  }) => {
    for (const width of [1280, 360, 320]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${stack.url}/signup`);
      const next = page.getByLabel("Password", { exact: true });
      const before = await placeOf(next);
      for (const local of ["ada", "ada.augusta.king.countess.of.lovelace.1815.to.1852"]) {
        await fill(page, { email: `${local}@gmial.com` });
        await next.focus();
        await expect(page.getByRole("button", { name: /Did you mean/ })).toBeVisible();
        expect(await placeOf(next)).toEqual(before);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(
          true,
        );
      }
    }
  });
});

test.describe("the username", () => {
  test("is shown as free or taken while it is typed", async ({ page, stack }) => {
    const first = aPerson();
    await signUpOnPage(page, stack, first);
    await expectCheckInbox(page, first);
    await page.goto(`${stack.url}/signup`);
    await username(page).pressSequentially(first.username);
    await expect(said(page)).toHaveText("This username is taken.");
    await expect(username(page)).toHaveAccessibleDescription(/This username is taken/);
    await expect(username(page)).not.toHaveAttribute("aria-invalid");
    await page.keyboard.type("_2");
    await expect(said(page)).toHaveText("This username is free.");
    await page.keyboard.type("!");
    await expect(said(page)).toHaveCount(0);
  });

  test("is checked once, when the typing pauses", async ({ page, stack }) => {
    const asked: string[] = [];
    page.on("request", (request) => {
      if (request.url().includes("usernameAvailable")) asked.push(request.url());
    });
    await page.goto(`${stack.url}/signup`);
    const { username: name } = aPerson();
    await username(page).pressSequentially(name, { delay: 50 });
    await expect(said(page)).toBeVisible();
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain(name);
  });

  test("shows the answer to the last check, in whatever order answers arrive", async ({
    page,
    stack,
  }) => {
    const [slow, fast] = [aPerson(), aPerson()];
    let late: Promise<void> | undefined;
    const { promise: typed, resolve: go } = gate();
    await page.route("**/usernameAvailable**", async (route) => {
      if (!route.request().url().includes(slow.username)) return route.continue();
      await typed;
      late = route.fulfill({ json: { result: { data: { available: false } } } });
      return late;
    });
    await page.goto(`${stack.url}/signup`);
    const asked = page.waitForRequest((request) => request.url().includes(slow.username));
    await fill(page, { username: slow.username });
    await asked;
    await fill(page, { username: fast.username });
    await expect(said(page)).toHaveText("This username is free.");
    const arrived = page.waitForResponse((response) => response.url().includes(slow.username));
    go();
    await (await arrived).finished();
    await late;
    await page.evaluate(() => new Promise(requestAnimationFrame));
    await expect(said(page)).toHaveText("This username is free.");
  });

  test("shows nothing if the check fails, and never blocks the form", async ({ page, stack }) => {
    const person = aPerson();
    await page.route("**/usernameAvailable**", (route) =>
      route.fulfill({ json: { result: { data: { available: false } } } }),
    );
    await page.goto(`${stack.url}/signup`);
    await fill(page, person);
    await expect(said(page)).toHaveText("This username is taken.");
    await page.unroute("**/usernameAvailable**");
    await page.route("**/usernameAvailable**", (route) =>
      route.fulfill({ status: 429, json: { error: { message: "x", code: -32029, data: {} } } }),
    );
    const refused = page.waitForResponse("**/usernameAvailable**");
    person.username += "_2";
    await fill(page, { username: person.username });
    await refused;
    await expect(said(page)).toHaveCount(0);
    await page.getByRole("button", { name: "Sign up" }).click();
    await expectCheckInbox(page, person);
  });
});

/** A promise that the test resolves. */
function gate(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = Function.prototype as () => void;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
