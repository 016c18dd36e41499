import { callProcedure } from "#test/system/call.ts";
import { aPerson } from "#test/system/person.ts";
import { look } from "./look.ts";
import { confirm, expect, fill, linkFor, testWith } from "./test.ts";

/** An installation that asks for as little as it can. */
const test = testWith({ USERNAMES: "off", FULL_NAMES: "optional" });

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
  const ask = (input: object) =>
    callProcedure(stack.url, "createUser", { requestId: crypto.randomUUID(), ...input });
  const { email, password, username } = aPerson();
  expect(await ask({ email, password, username })).toMatchObject({
    status: 400,
    body: { error: { data: { fieldReasons: { username: ["field_unasked"] } } } },
  });
  expect(await ask({ email, password, fullName: " " })).toMatchObject({
    status: 200,
    body: { result: { data: { user: { username: null, fullName: null, email } } } },
  });
  const named = aPerson();
  expect(await ask({ email: named.email, password, fullName: named.fullName })).toMatchObject({
    status: 200,
    body: { result: { data: { user: { fullName: named.fullName } } } },
  });
  const query = encodeURIComponent(JSON.stringify({ username }));
  const check = await fetch(`${stack.url}/api/trpc/usernameAvailable?input=${query}`);
  expect(check.status).toBe(400);
  const document = await (await fetch(`${stack.url}/api/openapi.json`)).json();
  const { properties, required } = document.components.schemas.CreateUserInput;
  expect(Object.keys(properties)).not.toContain("username");
  expect(required.toSorted()).toEqual(["email", "password", "requestId"]);
});
