import { aPerson } from "#test/system/person.ts";
import { look } from "./look.ts";
import { startStack, type Stack } from "./stack.ts";
import { confirm, expect, fill, linkFor, test as base } from "./test.ts";

/** An installation that asks for as little as it can. */
const test = base.extend<object, { stack: Stack }>({
  stack: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names out of the pattern
    async ({}, use) => {
      const stack = await startStack({ env: { USERNAMES: "off", FULL_NAMES: "optional" } });
      await use(stack);
      await stack.stop();
    },
    { scope: "worker", timeout: 300_000 },
  ],
});

test("without usernames, the address is the account's name everywhere", async ({
  page,
  browser,
  stack,
}) => {
  const person = aPerson();
  const { email, password } = person;
  await page.goto(`${stack.url}/signup`);
  await expect(page.getByLabel("Username")).toHaveCount(0);
  await expect(page.getByLabel("Your name (optional)")).toBeVisible();
  await look(page, "signup-without-username");
  await fill(page, { email, password });
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByText(`You have signed up. The mail goes to ${email}.`)).toBeVisible();
  await look(page, "check-inbox-without-username");
  const [mail] = await stack.mails(email);
  expect(mail!.text.replaceAll("\n", " ")).toContain(
    `signed up at ${new URL(stack.url).host} with`,
  );
  expect(mail!.text).not.toMatch(/username|null|undefined/);
  const [row] = await stack.sql("select username, full_name from users where email = $1", [email]);
  expect(row).toEqual({ username: null, full_name: null });

  // In another browser, which asks for the password.
  const context = await browser.newContext();
  const elsewhere = await context.newPage();
  await elsewhere.goto(await linkFor(stack, person));
  await expect(elsewhere.getByText(email, { exact: true })).toBeVisible();
  await look(elsewhere, "verify-without-username");
  await elsewhere.getByLabel("The password you chose").fill(password);
  await confirm(elsewhere);
  await expect(elsewhere.getByRole("heading", { name: "You are verified" })).toBeVisible();
  await context.close();
  await expect(page.getByText(`${email} is confirmed, and your account is ready.`)).toBeVisible();
});

test("the API takes what this installation asks for, and refuses the rest", async ({ stack }) => {
  const ask = async (input: object) => {
    const answer = await fetch(`${stack.url}/api/trpc/createUser`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ requestId: crypto.randomUUID(), ...input }),
    });
    return { status: answer.status, ...(await answer.json()) };
  };
  const { email, password, username } = aPerson();
  expect(await ask({ email, password, username })).toMatchObject({
    status: 400,
    error: { data: { fieldReasons: { username: ["field_unasked"] } } },
  });
  expect(await ask({ email, password, fullName: " " })).toMatchObject({
    status: 200,
    result: { data: { user: { username: null, fullName: null, email } } },
  });
  const named = aPerson();
  expect(await ask({ email: named.email, password, fullName: named.fullName })).toMatchObject({
    status: 200,
    result: { data: { user: { fullName: named.fullName } } },
  });
  const query = encodeURIComponent(JSON.stringify({ username }));
  const check = await fetch(`${stack.url}/api/trpc/usernameAvailable?input=${query}`);
  expect(check.status).toBe(400);
  const document = await (await fetch(`${stack.url}/api/openapi.json`)).json();
  const { properties, required } = document.components.schemas.CreateUserInput;
  expect(Object.keys(properties)).not.toContain("username");
  expect(required.toSorted()).toEqual(["email", "password", "requestId"]);
});
