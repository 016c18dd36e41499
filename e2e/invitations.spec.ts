import { callProcedure } from "#test/system/call.ts";
import { aPerson, aSignup } from "#test/system/person.ts";
import { invite, runInvite } from "./invite.ts";
import { look } from "./look.ts";
import type { Stack } from "./stack.ts";
import { expect, fill, testWith } from "./test.ts";

const test = testWith({ SIGNUPS: "invited" });

const signUp = (stack: Stack, input: object) =>
  callProcedure(stack.url, "createUser", { ...input });

test("nobody signs up without an invitation, and the page says so", async ({ page, stack }) => {
  await page.goto(`${stack.url}/signup`);
  await expect(page.getByRole("heading", { name: "By invitation only" })).toBeVisible();
  await expect(page.getByLabel("Password")).toHaveCount(0);
  await look(page, "signup-by-invitation-only");
  expect(await signUp(stack, aSignup())).toMatchObject({
    status: 403,
    body: { error: { data: { reason: "invitation_required" } } },
  });
});

test("an invitation leads to a verified account, with one mail and without a second", async ({
  page,
  stack,
}) => {
  const person = aPerson();
  const { email: _, ...typed } = person;
  const link = await invite(stack, person.email);
  await page.goto(link);
  await expect(page.getByLabel("E-mail address")).toHaveValue(person.email);
  await expect(page.getByLabel("E-mail address")).not.toBeEditable();
  await look(page, "signup-invited");
  await fill(page, typed);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByRole("heading", { name: "You are verified" })).toBeVisible();
  const [row] = await stack.sql(
    `select email_verified_at is not null as verified,
            (select count(*)::int from tx_jobs where name = 'verify-email') as mails,
            (select user_id = users.id from invitations where email = $1) as used
     from users where email = $1`,
    [person.email],
  );
  expect(row).toEqual({ verified: true, mails: 0, used: true });

  await page.goto(link);
  await expect(page.getByText("This invitation has been used already.")).toBeVisible();
  await look(page, "invitation-used");
});

test("a form in another language is invited too", async ({ page, stack }) => {
  const { email } = aPerson();
  await page.goto(await invite(stack, email, "de"));
  await expect(page.getByLabel("E-Mail-Adresse")).toHaveValue(email);
});

test("the API refuses an invitation of somebody else, a withdrawn one and a forged one", async ({
  stack,
}) => {
  const mine = aSignup();
  const link = await invite(stack, mine.email);
  const invitation = new URL(link).searchParams.get("invitation")!;
  expect(await signUp(stack, { ...aSignup(), invitation })).toMatchObject({
    status: 400,
    body: { error: { data: { reason: "invitation_for_another", field: "email" } } },
  });
  expect(await signUp(stack, { ...mine, invitation: "0".repeat(96) })).toMatchObject({
    status: 404,
    body: { error: { data: { reason: "invitation_unknown", field: "invitation" } } },
  });
  expect(runInvite(stack, "--withdraw", mine.email)).toMatchObject({ status: 0 });
  expect(await signUp(stack, { ...mine, invitation })).toMatchObject({ status: 404 });
});

test("while sign-ups are closed, the page and the API say so", async ({ page, newStack }) => {
  const stack = await newStack({ env: { SIGNUPS: "closed" } });
  await page.goto(`${stack.url}/signup?invitation=x`);
  await expect(page.getByRole("heading", { name: "Sign-ups are closed" })).toBeVisible();
  await look(page, "signup-closed");
  expect(await signUp(stack, aSignup())).toMatchObject({
    status: 403,
    body: { error: { data: { reason: "signups_closed" } } },
  });
});
