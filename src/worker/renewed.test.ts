import { afterAll, beforeEach, expect, it } from "vitest";
import { verifyEmail } from "#src/server/jobs/registry.ts";
import { renewVerificationTx } from "#src/server/users/renew-verification-tx.ts";
import { testDatabase } from "#src/testing/database.ts";
import { testServices, whenReady } from "#src/testing/services.ts";
import { aUser, enqueueWith } from "#src/testing/user.ts";
import { startSmtpSink, tokenIn } from "../../scripts/services/smtp-sink.ts";
import { waitFor } from "../../scripts/services/wait-for.ts";
import { readSignedId } from "#src/server/signed-id.ts";
import { startWorker } from "./start-worker.ts";

const database = await testDatabase();
const { db } = database;
const sink = await startSmtpSink();
const services = await testServices(database, {
  SMTP_URL: sink.url,
  VERIFY_EMAIL_BACKOFF_MS: "300",
  RECONCILE_INTERVAL_MS: "300",
});
const { env, jobs } = services;
const worker = startWorker(env);
await whenReady(services);

afterAll(async () => {
  await worker.close();
  await sink.close();
});
beforeEach(() => sink.behave("accept"));

const signUp = () => aUser(db, { afterCreate: enqueueWith(jobs) });

/** Asks for another mail, with its job or, as after a loss of Redis, without. */
async function renew(userId: string, { email = "", lost = false } = {}): Promise<string> {
  await db.raw(
    "update email_verifications set created_at = created_at - interval '61 s' where user_id = ?",
    [userId],
  );
  let renewed = "";
  await renewVerificationTx(db, {
    userId,
    ...(email ? { email } : {}),
    verificationTtlHours: 24,
    claimTtlHours: 168,
    async afterRenew({ verificationId }, tx) {
      renewed = verificationId;
      if (!lost) await jobs.enqueue(tx, verifyEmail, { verificationId });
    },
  });
  return renewed;
}

const mailsTo = (email: string) =>
  sink.mails
    .filter(({ to }) => to === email)
    .map(({ source }) =>
      readSignedId(env.APP_SECRET, "verification-link", tokenIn(source) ?? "nothing"),
    );

/** Waits until a job has ended without a failure, and gives what came of it. */
async function outcomeOf(verificationId: string): Promise<void> {
  await waitFor("the mail to be owed no more", async () => {
    const row = await db("email_verifications").where({ id: verificationId }).first();
    return row.sent_at;
  });
}

it("sends the newest mail alone, however many were asked for while the mail server was down", async () => {
  sink.behave("refuse", "451 4.3.2 Try again later");
  const user = await signUp();
  await waitFor("a first attempt", () => sink.offered() > 0);
  await renew(user.id);
  const newest = await renew(user.id);
  sink.behave("accept");
  await outcomeOf(newest);
  await waitFor("the older jobs to end", async () => {
    const progress = await jobs.progress(verifyEmail, { verificationId: user.verificationId });
    return progress?.attempt && progress.nextAt === null;
  });
  expect(mailsTo(user.email)).toEqual([newest]);
});

it.each([
  ["the same address", (email: string) => email],
  ["another one", (email: string) => `right.${email}`],
])("does not take a mail on its way for the one asked for since, to %s", async (_, change) => {
  sink.behave("stall");
  const offered = sink.offered();
  const user = await signUp();
  await waitFor("the mail to be on its way", () => sink.offered() > offered);
  const email = change(user.email);
  const newest = await renew(user.id, { email, lost: true });
  sink.release();
  await outcomeOf(user.verificationId);
  sink.behave("accept");
  await outcomeOf(newest); // The reconciler has found that it is still owed.
  const ids = [...new Set([user.email, email])].flatMap(mailsTo);
  expect(ids).toEqual([user.verificationId, newest]);
});
