import { aPerson, expect, expectCheckInbox, fill, test } from "./test.ts";
import type { Page } from "playwright/test";

const password = (page: Page) => page.getByLabel("Password", { exact: true });

test.describe("the password", () => {
  test("is shown and hidden, with focus and caret where they were", async ({ page, stack }) => {
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

  test("is hidden while it is sent, and signs up as it was shown", async ({ page, stack }) => {
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
    ["password1", "1", /Weak\. .*commonly used one/],
    ["qwertyuiop", "1", /Weak\. /],
    ["ada_lovelace", "2", /Fair, .*Names are easy/],
    ["vexed-otter", "3", /Good/],
    ["vexed-otter-lantern-42", "4", /Strong/],
  ];

  test("is rated in words, which say what would help", async ({ page, stack }) => {
    await page.goto(`${stack.url}/signup`);
    await fill(page, { username: "ada", fullName: "Ada Lovelace" });
    for (const [typed, level, said] of RATED) {
      await fill(page, { password: typed });
      await expect(page.locator(".meter")).toHaveAttribute("data-level", level);
      await expect(password(page)).toHaveAccessibleDescription(said);
    }
  });

  test("is rated anew when the name that it holds is typed after it", async ({ page, stack }) => {
    await page.goto(`${stack.url}/signup`);
    await fill(page, { password: "zarquon-2026" });
    await expect(page.locator(".meter")).toHaveAttribute("data-level", "4");
    await fill(page, { username: "zarquon" });
    await expect(page.locator(".meter")).toHaveAttribute("data-level", /[12]/);
    await expect(password(page)).toHaveAccessibleDescription(/your name or address/);
  });

  test("moves nothing while it is rated", async ({ page, stack }) => {
    for (const width of [1280, 360, 320]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${stack.url}/signup`);
      const button = page.getByRole("button", { name: "Sign up" });
      const before = await button.boundingBox();
      for (const [typed, level] of RATED) {
        await fill(page, { password: typed });
        await expect(page.locator(".meter")).toHaveAttribute("data-level", level);
        expect(await button.boundingBox()).toEqual(before);
      }
    }
  });

  test("loads the meter when it is first used, and not before", async ({ page, stack }) => {
    const fetched: string[] = [];
    page.on("response", (response) => fetched.push(response.url()));
    await page.goto(`${stack.url}/signup`, { waitUntil: "networkidle" });
    const before = fetched.length;
    await password(page).focus();
    await expect.poll(() => fetched.length).toBeGreaterThan(before);
  });

  // A page that the fixture does not watch: the browser complains of what it cannot load.
  for (const which of ["the chunk", "the worker"]) {
    test(`needs no meter where ${which} cannot be loaded`, async ({ context, stack }) => {
      const page = await context.newPage();
      const thrown: Error[] = [];
      page.on("pageerror", (error) => thrown.push(error));
      const person = aPerson();
      await page.goto(`${stack.url}/signup`, { waitUntil: "networkidle" });
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
      await page.getByRole("button", { name: "Sign up" }).click();
      await expectCheckInbox(page, person);
      expect(thrown).toEqual([]);
    });
  }

  test("says when Caps Lock is on, and when it is no more", async ({ page, stack }) => {
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
  test("is asked about when it looks mistyped, and corrected by one press", async ({
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

  test("is not asked about any more when it has been changed", async ({ page, stack }) => {
    await page.goto(`${stack.url}/signup`);
    const question = page.getByRole("button", { name: /Did you mean/ });
    await fill(page, { email: "ada@hotmial.com" });
    await page.keyboard.press("Tab");
    await expect(question).toBeVisible();
    await fill(page, { email: "ada@hotmail.fr" });
    await expect(question).toHaveCount(0);
  });

  test("may stay as it is", async ({ page, stack }) => {
    const person = aPerson();
    person.email = `${person.username}@gmial.com`;
    await page.goto(`${stack.url}/signup`);
    await fill(page, person);
    await expect(page.getByRole("button", { name: /Did you mean/ })).toBeVisible();
    await page.getByRole("button", { name: "Sign up" }).click();
    await expectCheckInbox(page, person);
  });

  test("moves nothing while it is asked about, however long it is", async ({ page, stack }) => {
    for (const width of [1280, 360, 320]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${stack.url}/signup`);
      const next = page.getByLabel("Password", { exact: true });
      const before = await next.boundingBox();
      for (const local of ["ada", "ada.augusta.king.countess.of.lovelace.1815.to.1852"]) {
        await fill(page, { email: `${local}@gmial.com` });
        await next.focus();
        await expect(page.getByRole("button", { name: /Did you mean/ })).toBeVisible();
        expect(await next.boundingBox()).toEqual(before);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(
          true,
        );
      }
    }
  });
});
