import { look } from "./look.ts";
import { startSmtpSink, tokenIn } from "#test/servers/smtp-sink.ts";
import { waitFor } from "#test/servers/wait-for.ts";
import { aPerson, type Person } from "#test/system/person.ts";
import {
  age,
  codeOf,
  confirm,
  countUsers,
  expect,
  expectCheckInbox,
  expectVerified,
  linkFor,
  signedUp,
  signUpOnPage,
  test,
} from "./test.ts";
import type { Page } from "playwright/test";
import type { Stack } from "./stack.ts";

/** Expects that nothing was saved, that the page says so, and that all input is still there. */
async function expectNothingSaved(page: Page, stack: Stack, person: Person): Promise<void> {
  await expect(page.getByRole("alert").filter({ hasText: "Nothing was saved" })).toBeFocused();
  expect(await countUsers(stack, person)).toBe(0);
  await expect(page.getByLabel("Username")).toHaveValue(person.username);
  await expect(page.getByLabel("Password")).toHaveValue(person.password);
}

/** Presses the button until it works, then completes the sign-up. */
async function resend(page: Page, stack: Stack, person: Person): Promise<void> {
  for (let isTaken = false; !isTaken;) {
    const answer = page.waitForResponse(/createUser/);
    await page.getByRole("button", { name: "Sign up" }).click();
    isTaken = (await answer).ok();
  }
  await expect(page.getByRole("heading", { name: "Check your inbox" })).toBeVisible();
  await page.goto(await linkFor(stack, person));
  await confirm(page);
  await expectVerified(page, stack, person);
  expect(await countUsers(stack, person)).toBe(1);
}

test("F1 shows an error and saves nothing if Redis is stopped; the same form succeeds after a restart", async ({
  page,
  newStack,
}) => {
  const stack = await newStack();
  const person = aPerson();
  await stack.redis.program.stop();
  await signUpOnPage(page, stack, person);
  await expectNothingSaved(page, stack, person);
  await look(page, "signup-unavailable");
  await stack.startRedis();
  await resend(page, stack, person);
});

test("F1 succeeds with the same form if Redis was down since web started and then comes up", async ({
  page,
  newStack,
}) => {
  const stack = await newStack({ redisUp: false });
  const person = aPerson();
  await signUpOnPage(page, stack, person);
  await expectNothingSaved(page, stack, person);
  await stack.startRedis();
  await resend(page, stack, person);
});

test("F1 the waiting page works on and the mail arrives if Redis is lost after the sign-up", async ({
  page,
  newStack,
}) => {
  const stack = await newStack();
  await stack.worker.program.stop();
  const person = await signedUp(page, stack);
  await expect(page.getByText("Mail queued")).toBeVisible();
  await stack.redis.program.stop();
  await page.reload();
  await expect(page.getByText("Mail queued")).toBeVisible();
  await stack.addWorker({ ready: false });
  await expect(page.getByText("Mail handed over for delivery")).toBeVisible();
  await expect(page.getByText(person.email, { exact: true })).toBeVisible();
});

test("F2 shows an error and saves nothing if Redis hangs; then the same form succeeds, with one mail", async ({
  page,
  newStack,
}) => {
  const stack = await newStack();
  const person = aPerson();
  stack.redis.program.signal("SIGSTOP");
  await signUpOnPage(page, stack, person);
  await expectNothingSaved(page, stack, person);
  stack.redis.program.signal("SIGCONT");
  await resend(page, stack, person);
  expect(await stack.mails(person.email)).toHaveLength(1);
});

test("F8 another worker sends if the first is killed while sending, and the link works", async ({
  page,
  newStack,
  sink,
}) => {
  const stack = await newStack({ env: { SMTP_URL: sink.url } });
  const person = aPerson();
  sink.behave("stall");
  await signUpOnPage(page, stack, person);
  await expectCheckInbox(page, person);
  await waitFor("the worker to be sending", () => sink.offered() === 1);
  stack.worker.program.signal("SIGKILL");
  await stack.worker.program.ended;
  sink.behave("accept");
  await stack.addWorker();
  const [mail] = await waitFor("the mail", () => (sink.mails.length > 0 ? sink.mails : null));
  expect(mail?.to).toBe(person.email);
  await page.goto(`${stack.url}/verify?token=${tokenIn(mail!.source)}`);
  await confirm(page);
  await expectVerified(page, stack, person);
  expect(sink.mails).toHaveLength(1);
});

test("F10 sends the mail once the mail server is back", async ({ page, newStack, sink }) => {
  await sink.close();
  const stack = await newStack({ env: { SMTP_URL: sink.url } });
  const person = await signedUp(page, stack);
  await stack.worker.program.said(/"msg":"unavailable; probing"/);
  await expect(page.getByText("The mail server is unavailable.")).toBeVisible();
  await look(page, "inbox-unavailable");
  const back = await startSmtpSink(sink.port);
  await waitFor("the mail", () => back.mails.length > 0);
  expect(back.mails[0]?.to).toBe(person.email);
  await stack.stop();
  await back.close();
});

test("F11 shows that an address was refused, and mails the corrected one", async ({
  page,
  newStack,
  sink,
}) => {
  const stack = await newStack({ env: { SMTP_URL: sink.url } });
  const person = aPerson();
  const right = { email: `right.${person.email}` };
  const refused = page.getByRole("heading", { name: "We could not mail you" });
  const field = page.getByLabel("The right address");
  sink.behave("refuse");
  await signUpOnPage(page, stack, person);
  await expect(page).toHaveURL(/check-inbox/);
  await expect(refused).toBeFocused();
  await age(stack, person);
  await page.reload();
  await page.getByRole("button", { name: "Send a new mail" }).click();
  await expect(page.getByText("The mail server did not take the new mail either.")).toBeVisible();
  await field.fill(`wrong.${person.email}`);
  await page.getByRole("button", { name: "Change it and mail me there" }).click();
  await expect(page.getByText("does not take mails to this one either")).toBeVisible();
  await look(page, "inbox-refused-again");

  await field.fill(right.email);
  await stack.redis.program.stop();
  await stack.startRedis();
  await expect(refused).toBeVisible();
  await expect(field).toHaveValue(right.email);
  await expect(field).toBeFocused();
  sink.behave("accept");
  await age(stack, { email: `wrong.${person.email}` });
  await page.getByRole("button", { name: "Change it and mail me there" }).click();
  await expect(page.getByText(`your mail goes to ${right.email} now`)).toBeFocused();
  await expect(page.getByRole("heading", { name: "Check your inbox" })).toBeVisible();
  await expect(page.getByText("Mail handed over for delivery")).toBeVisible();
  expect(sink.mails.map(({ to }) => to)).toEqual([right.email]);
});

test("the stream ends cleanly if web restarts, and the waiting page reconnects", async ({
  page,
  newStack,
}) => {
  const stack = await newStack();
  const person = await signedUp(page, stack);
  const [cookie] = await page.context().cookies();
  const response = await fetch(`${stack.url}/api/trpc/signupStatus`, {
    headers: { cookie: `${cookie!.name}=${cookie!.value}` },
  });
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  let heard = "";
  const hearing = (async () => {
    for await (const part of response.body!.pipeThrough(new TextDecoderStream())) heard += part;
  })();
  await expect.poll(() => heard).toContain('"stage":"sent"');
  await stack.web.program.stop();
  await hearing;
  expect(heard).toContain("event: return\n");
  expect(await stack.web.program.ended).toBe("ended with code 0");

  await expect(page.getByText("The connection is lost.")).toBeVisible();
  await expect(page.getByText(person.email, { exact: true })).toBeVisible();
  await stack.web.start();
  await expect(page.getByText("The connection is lost.")).toBeHidden();
  const [mail] = await stack.mails(person.email);
  await page.getByLabel("Code from the mail").fill(codeOf(mail!.text));
  await expectVerified(page, stack, person);
});

test.describe("web stops", () => {
  // A prefetch may come too late for a web that is stopping, and the browser complains.
  test.use({ expected: /ERR_CONNECTION_REFUSED/ });

  test("F14 answers a sign-up under way on SIGTERM, then exits with 0", async ({
    page,
    newStack,
  }) => {
    const stack = await newStack();
    const person = aPerson();
    // A Redis that hangs keeps the request under way until its deadline.
    stack.redis.program.signal("SIGSTOP");
    await signUpOnPage(page, stack, person);
    await expect(page.getByRole("button", { name: "Signing up" })).toBeDisabled();
    const stopped = stack.web.program.stop(60_000);
    await expectNothingSaved(page, stack, person);
    await stopped;
    expect(await stack.web.program.ended).toBe("ended with code 0");
  });
});
