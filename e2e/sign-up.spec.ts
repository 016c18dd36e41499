import { aPerson } from "#test/system/person.ts";
import {
  confirm,
  countUsers,
  expect,
  expectCheckInbox,
  expectVerified,
  fill,
  linkFor,
  signUpOnPage,
  test,
} from "./test.ts";

test("leads from the front page to a verified account", async ({ page, stack }) => {
  const person = aPerson({ fullName: "Þórdís 山田 O’Brien" });
  await page.goto(stack.url);
  await expect(page).toHaveURL(`${stack.url}/signup`);
  await fill(page, person);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expectCheckInbox(page, person);

  const [mail] = await stack.mails(person.email);
  expect(mail?.subject).toMatch(/^Confirm your e-mail address \(\d\d:\d\d:\d\d UTC\)$/);
  // It ends before a fifth digit.
  const [shown] = /^\D*(\d\D*){0,4}/.exec(person.username)!;
  expect(mail?.text.replaceAll("\n", " ")).toContain(`chose the username ${shown}`);
  expect(mail?.html).toContain(`<strong><bdi>${shown}`);
  expect(mail!.text + mail!.html).not.toContain("Þórdís");

  await page.goto(await linkFor(stack, person));
  await confirm(page);
  await expectVerified(page, stack, person);
});

test("signs up with the keyboard alone", async ({ page, stack }) => {
  const person = aPerson();
  await page.goto(`${stack.url}/signup`);
  for (const value of [person.username, person.fullName, person.email, person.password]) {
    await page.keyboard.press("Tab");
    await page.keyboard.type(value);
  }
  await page.keyboard.press("Enter");
  await expectCheckInbox(page, person);
});

test("a taken username is reported at its field, and the other fields stay", async ({
  page,
  stack,
}) => {
  const first = aPerson();
  await signUpOnPage(page, stack, first);
  await expectCheckInbox(page, first);

  const second = aPerson({ username: first.username });
  await signUpOnPage(page, stack, second);
  const username = page.getByLabel("Username");
  await expect(username).toHaveAccessibleDescription(/This username is taken/);
  await expect(username).toBeFocused();
  await expect(page.getByLabel("Your name")).toHaveValue(second.fullName);
  await expect(page.getByLabel("E-mail address")).toHaveValue(second.email);
  await expect(page.getByLabel("Password")).toHaveValue(second.password);

  const renamed = { ...second, username: aPerson().username };
  await fill(page, { username: renamed.username });
  await page.getByRole("button", { name: "Sign up" }).click();
  await expectCheckInbox(page, renamed);
});

test("the same sign-up from another browser is one sign-up, with one mail", async ({
  page,
  browser,
  stack,
}) => {
  const person = aPerson();
  await signUpOnPage(page, stack, person);
  await expectCheckInbox(page, person);
  const other = await (await browser.newContext()).newPage();
  await signUpOnPage(other, stack, person);
  await expectCheckInbox(other, person);
  // That browser now has the cookie, so the link needs no password there.
  await other.goto(await linkFor(stack, person));
  await confirm(other);
  await expectVerified(other, stack, person);
  await expect(page.getByRole("heading", { name: "You are verified" })).toBeVisible();
  expect(await stack.mails(person.email)).toHaveLength(1);
  expect(await countUsers(stack, person)).toBe(1);
  await other.context().close();
});

const NOTHING = { username: "", fullName: "", email: "", password: "" };

const ERRORS: [what: string, typed: typeof NOTHING, said: Record<string, RegExp>][] = [
  [
    "nothing",
    NOTHING,
    {
      Username: /Choose a username/,
      "Your name": /Tell us your name/,
      "E-mail address": /Enter your e-mail address/,
      Password: /Choose a password/,
    },
  ],
  [
    "input that is too short",
    { username: "ab", fullName: "...", email: "ada", password: "1234567" },
    {
      Username: /3 to 100 characters/,
      "Your name": /at least one letter/,
      "E-mail address": /does not look like/,
      Password: /8 to 256 characters/,
    },
  ],
  [
    "input that is too long",
    {
      username: "a".repeat(101),
      fullName: "x".repeat(101),
      email: `ada@${"b".repeat(260)}.com`,
      password: "x".repeat(257),
    },
    {
      Username: /3 to 100 characters/,
      "Your name": /at most 100 characters/,
      "E-mail address": /at most 254 characters/,
      Password: /8 to 256 characters/,
    },
  ],
  [
    "wrong characters",
    {
      username: "Alice!",
      fullName: "<b>Ada</b>",
      email: "ada lovelace@example.com",
      password: "abc\u0007defgh",
    },
    {
      Username: /lower-case letters/,
      "Your name": /can't contain/,
      "E-mail address": /does not look like/,
      Password: /cannot be seen: U\+0007/,
    },
  ],
  [
    "invisible characters inside",
    {
      username: "ali\u200bce",
      fullName: "Ada\u200fLovelace",
      email: "ada\u00ad@example.com",
      password: "vexed-otter\ufeff",
    },
    {
      Username: /cannot be seen: U\+200B ZERO WIDTH SPACE/,
      "Your name": /U\+200F RIGHT-TO-LEFT MARK/,
      "E-mail address": /U\+00AD SOFT HYPHEN/,
      Password: /U\+FEFF ZERO WIDTH NO-BREAK SPACE/,
    },
  ],
];

for (const [what, typed, said] of ERRORS) {
  test(`every field says what is wrong with ${what}, all at once`, async ({ page, stack }) => {
    let requests = 0;
    page.on("request", (request) => (requests += request.url().includes("/api/trpc/") ? 1 : 0));
    await page.goto(`${stack.url}/signup`);
    await fill(page, typed);
    await page.getByRole("button", { name: "Sign up" }).click();
    for (const [label, message] of Object.entries(said)) {
      const field = page.getByLabel(label, { exact: true });
      await expect(field).toHaveAccessibleDescription(message);
      await expect(field).toHaveAttribute("aria-invalid", "true");
    }
    await expect(page.getByLabel("Username")).toBeFocused();
    await expect(page.getByLabel("Your name")).toHaveValue(typed.fullName);
    expect(requests).toBe(0);
  });
}

test("invisible characters around a value are no mistake", async ({ page, stack }) => {
  const person = aPerson();
  const pasted = {
    ...person,
    username: `${person.username} `,
    fullName: `\u2067${person.fullName}\u2069\t`,
    email: `\u200b\ufeff${person.email}\u200e`,
  };
  await page.goto(`${stack.url}/signup`);
  await fill(page, pasted);
  await expect(page.getByText("This username is free.").first()).toBeVisible();
  await page.getByRole("button", { name: "Sign up" }).click();
  await expectCheckInbox(page, person);
  const corrected = `right.${person.email}`;
  await page.getByRole("button", { name: "Correct the address" }).click();
  await page.getByLabel("The right address").fill(`\u00a0${corrected}\u2060`);
  await page.getByRole("button", { name: "Change it and mail me there" }).click();
  await expect(page.getByText(corrected, { exact: true })).toBeVisible();
  const [row] = await stack.sql("select full_name from users where username = $1", [
    person.username,
  ]);
  expect(row).toEqual({ full_name: person.fullName });
});

test("the server refuses a guessable password, with an error at its field", async ({
  page,
  stack,
}) => {
  const person = aPerson({ password: "password1234" });
  await signUpOnPage(page, stack, person);
  const password = page.getByLabel("Password");
  await expect(password).toHaveAccessibleDescription(/easy to guess/);
  await expect(password).toHaveValue("password1234");
  expect(await countUsers(stack, person)).toBe(0);
});

test("an address with an account gets another mail, and the page says the same", async ({
  page,
  stack,
}) => {
  const owner = aPerson();
  await signUpOnPage(page, stack, owner);
  await expectCheckInbox(page, owner);
  await page.goto(await linkFor(stack, owner));
  await confirm(page);
  await expectVerified(page, stack, owner);

  const second = aPerson({ email: owner.email.toUpperCase() });
  await signUpOnPage(page, stack, second);
  await expectCheckInbox(page, second);
  const mails = await stack.mails(owner.email, 2);
  const told = mails.find(({ subject }) => subject.startsWith("You already have an account"));
  expect(told?.text).not.toContain("token=");
});

test("if the answer is lost after the commit, a retry is the same sign-up", async ({
  page,
  stack,
}) => {
  const person = aPerson();
  await page.route("**/api/trpc/createUser", async (route) => {
    await route.fetch(); // The server gets it, commits and answers …
    await route.abort("connectionreset"); // … but the answer is lost.
  });
  await signUpOnPage(page, stack, person);
  await expect(page.getByRole("alert").filter({ hasText: "its answer got lost" })).toBeFocused();
  expect(await countUsers(stack, person)).toBe(1);

  await page.unroute("**/api/trpc/createUser");
  await page.getByRole("button", { name: "Sign up" }).click();
  await expectCheckInbox(page, person);
  expect(await countUsers(stack, person)).toBe(1);
  await page.goto(await linkFor(stack, person));
  await confirm(page);
  await expectVerified(page, stack, person);
  expect(await stack.mails(person.email)).toHaveLength(1);
});

test("if the answer is lost and the address corrected, the page says which address counts", async ({
  page,
  stack,
}) => {
  const person = aPerson();
  await page.route("**/api/trpc/createUser", async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  });
  await signUpOnPage(page, stack, person);
  await expect(page.getByRole("alert").filter({ hasText: "its answer got lost" })).toBeVisible();
  await page.unroute("**/api/trpc/createUser");
  await fill(page, { email: `corrected-${person.email}` });
  await page.getByRole("button", { name: "Sign up" }).click();
  await expectCheckInbox(page, person);
  await expect(page.getByText("What you changed afterwards was not saved")).toBeVisible();
});

test("if the answer is lost and the tab reloaded, a retry is the same sign-up", async ({
  page,
  stack,
}) => {
  const person = aPerson();
  await page.route("**/api/trpc/createUser", async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  });
  await signUpOnPage(page, stack, person);
  await expect(page.getByRole("alert").filter({ hasText: "its answer got lost" })).toBeVisible();
  await page.unroute("**/api/trpc/createUser");
  await signUpOnPage(page, stack, person);
  await expectCheckInbox(page, person);
  expect(await countUsers(stack, person)).toBe(1);
});

test("input typed and sent before the scripts load is kept and sent", async ({ page, stack }) => {
  const person = aPerson();
  const scripts: { release?: () => void } = {};
  const released = new Promise<void>((resolve) => (scripts.release = resolve));
  await page.route("**/*.js*", async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(`${stack.url}/signup`, { waitUntil: "commit" });
  await fill(page, person);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByLabel("Username")).toHaveValue(person.username);
  scripts.release?.();
  await expectCheckInbox(page, person);
});
