import { expect, test as base, type Page, type TestInfo } from "playwright/test";
import { startSmtpSink, type SmtpSink } from "#test/servers/smtp-sink.ts";
import type { ProcessEnv } from "#test/system/environment.ts";
import { aPerson, type Person } from "#test/system/person.ts";
import { startStack, type Stack } from "./stack.ts";
import { watchAnswers } from "./watch-answers.ts";

/**
 * `stack` is shared by tests of one worker that break nothing; others start one with
 * `newStack`, which is stopped after the test. `sink` is a mail server that behaves as told. A page
 * on which the browser complains fails its test; `expected` are complaints that a test brings about.
 * So does an answer of the API, to any page, that its OpenAPI document does not describe.
 */
export const test = base.extend<
  { newStack: typeof startStack; sink: SmtpSink; expected: RegExp; answers: void },
  { stack: Stack }
>({
  expected: [/(?!)/, { option: true }], // Nothing matches it.
  stack: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names out of the pattern
    async ({}, use) => {
      const stack = await startStack();
      await use(stack);
      await stack.stop();
    },
    { scope: "worker", timeout: 300_000 },
  ],
  // oxlint-disable-next-line no-empty-pattern -- as above
  sink: async ({}, use) => {
    const sink = await startSmtpSink();
    await use(sink);
    await sink.close();
  },
  // oxlint-disable-next-line no-empty-pattern -- as above
  newStack: async ({}, use, info) => {
    const started: Stack[] = [];
    await use(async (options) => {
      const stack = await startStack(options);
      started.push(stack);
      return stack;
    });
    if (hasFailed(info)) for (const stack of started) tellLogs(stack);
    await Promise.all(started.map((stack) => stack.stop()));
  },
  answers: [
    async ({ browser }, use) => {
      const findWrong = watchAnswers(browser);
      await use();
      expect(await findWrong()).toEqual([]);
    },
    { auto: true },
  ],
  page: async ({ page, expected }, use, info) => {
    const complaints = watchConsole(page);
    await use(page);
    if (hasFailed(info)) await tellPage(page);
    expect(complaints.filter((complaint) => !expected.test(complaint))).toEqual([]);
  },
});

/** The same, with a `stack` that has these settings. */
export const testWith = (env: ProcessEnv) =>
  test.extend<object, { stack: Stack }>({
    stack: [
      // oxlint-disable-next-line no-empty-pattern -- as above
      async ({}, use) => {
        const stack = await startStack({ env });
        await use(stack);
        await stack.stop();
      },
      { scope: "worker", timeout: 300_000 },
    ],
  });

export { expect } from "playwright/test";

const hasFailed = ({ status, expectedStatus }: TestInfo) => status !== expectedStatus;

/** Prints the page of a failed test, as nobody may be able to look at it. */
async function tellPage(page: Page): Promise<void> {
  const shown = await page.locator("body").ariaSnapshot({ timeout: 1000 }).catch(String);
  console.log(`── the page, at ${page.url()}\n${shown}`);
}

/** Prints what web and worker of a failed test have logged. */
function tellLogs({ web, worker }: Stack): void {
  console.log(`── web\n${web.program.lastLines()}\n── worker\n${worker.program.lastLines()}`);
}

/** Collects the browser's complaints, except about the API's error statuses. */
export function watchConsole(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    if (message.location().url.includes("/api/trpc/")) return;
    complaints.push(`${message.text()} (${message.location().url})`);
  });
  return complaints;
}

export const LABELS = {
  username: "Username",
  fullName: "Your name",
  email: "E-mail address",
  password: "Password",
};

export async function fill(page: Page, person: Partial<Person>): Promise<void> {
  for (const [name, value] of Object.entries(person)) {
    await page.getByLabel(LABELS[name as keyof Person], { exact: true }).fill(value);
  }
}

/** Fills in the form and sends it. */
export async function signUpOnPage(page: Page, stack: Stack, person: Person): Promise<void> {
  await page.goto(`${stack.url}/signup`);
  await fill(page, person);
  await page.getByRole("button", { name: "Sign up" }).click();
}

export async function expectCheckInbox(page: Page, person: Person): Promise<void> {
  await expect(page.getByRole("heading", { name: "Check your inbox" })).toBeFocused();
  await expect(page.getByText(person.email, { exact: true })).toBeVisible();
}

/** Signs up, and waits for the mail on the page. */
export async function signedUp(page: Page, stack: Stack, person = aPerson()): Promise<Person> {
  await signUpOnPage(page, stack, person);
  await expectCheckInbox(page, person);
  return person;
}

/** The link in the one mail that this person got. */
export async function linkFor(stack: Stack, person: Person): Promise<string> {
  const [mail, ...more] = await stack.mails(person.email);
  expect(more).toEqual([]);
  const link = /https?:\/\/\S+\/verify\?token=[\da-f]{96}/.exec(mail!.text)?.[0];
  expect(link).toBeTruthy();
  return link!;
}

/** Moves the last mail to this address a minute into the past. */
export const age = (stack: Stack, { email }: Pick<Person, "email">) =>
  stack.sql(
    "update email_verifications set created_at = created_at - interval '61 s' where email = $1",
    [email],
  );

/** The code in a mail's text, grouped as people see it. */
export const codeOf = (text: string) => /^(\d{4} \d{4})$/m.exec(text)![1]!;

export async function confirm(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Confirm my address" }).click();
}

export async function expectVerified(page: Page, stack: Stack, person: Person): Promise<void> {
  await expect(page.getByRole("heading", { name: "You are verified" })).toBeVisible();
  expect(await isVerified(stack, person)).toBe(true);
}

export async function isVerified(stack: Stack, { username }: Person): Promise<boolean> {
  const [row] = await stack.sql("select email_verified_at from users where username = $1", [
    username,
  ]);
  return Boolean(row?.email_verified_at);
}

export async function countUsers(stack: Stack, { username }: Person): Promise<number> {
  return (await stack.sql("select from users where username = $1", [username])).length;
}
