import type { Knex } from "knex";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { readSignedId } from "#src/platform/signed-id.ts";
import { resendVerificationTx } from "#src/signup/resend-verification-tx.ts";
import { testDatabase } from "../fixtures/database.ts";
import { readJob } from "../fixtures/job-row.ts";
import { testMailing } from "../fixtures/mailing.ts";
import { whenReady } from "../fixtures/services.ts";
import { enqueueUnrung, enqueueWith } from "../fixtures/user.ts";
import { tokenIn } from "../servers/smtp-sink.ts";
import { waitFor } from "../servers/wait-for.ts";

const database = await testDatabase();
const { db } = database;
const { services, sink, start, signUp, ended } = await testMailing(database, {
  VERIFY_EMAIL_BACKOFF_MS: "300",
});
const { env, jobs } = services;

beforeAll(async () => {
  start();
  await whenReady(services);
});
beforeEach(() => sink.behave("accept"));

/** Moves the mails of a sign-up a minute into the past. */
const age = (userId: string, tx: Knex = db) =>
  tx("email_verifications")
    .where({ user_id: userId })
    .update({ created_at: db.raw("created_at - interval '61 s'") });

/** Requests another mail, whose message is lost if `lost`. */
async function resend(userId: string, { email = "", lost = false } = {}): Promise<string> {
  await age(userId);
  const user = await db("users").where({ id: userId }).first();
  let resent = "";
  await resendVerificationTx(db, {
    userId,
    ...(email ? { email } : {}),
    verificationTtlHours: 24,
    claimTtlHours: 168,
    async afterCreate({ verificationId }, tx) {
      resent = verificationId;
      await (lost ? enqueueUnrung : enqueueWith(jobs))({ ...user, verificationId }, tx);
    },
  });
  return resent;
}

const mailsTo = (email: string) =>
  sink.mails
    .filter(({ to }) => to === email)
    .map(({ source }) =>
      readSignedId(env.APP_SECRET, "verification-link", tokenIn(source) ?? "nothing"),
    );

/** Waits until a mail has been sent. */
async function sent(verificationId: string): Promise<void> {
  expect(await ended({ verificationId })).toMatchObject({ outcome: "done" });
  const row = await db("email_verifications").where({ id: verificationId }).first();
  expect(row.sent_at).toBeInstanceOf(Date);
}

it("sends only the newest mail, however many were requested while the mail server was down", async () => {
  sink.behave("refuse", "451 4.3.2 Try again later");
  const user = await signUp();
  await waitFor("a first attempt", () => sink.offered() > 0);
  const older = [user.verificationId, await resend(user.id)];
  const newest = await resend(user.id);
  // An attempt that began before the newest was asked for may still send its mail.
  await waitFor("the earlier attempts to end", async () => {
    const earlier = await Promise.all(older.map((id) => readJob(db, id)));
    return earlier.every((job) => job?.outcome || !job?.leased_by);
  });
  sink.behave("accept");
  await sent(newest);
  for (const verificationId of older) {
    expect(await ended({ verificationId })).toMatchObject({ outcome: "done" });
  }
  expect(mailsTo(user.email)).toEqual([newest]);
});

it.each([
  ["the same address", (email: string) => email],
  ["another one", (email: string) => `right.${email}`],
])("does not mistake a mail being sent for a newer one, to %s", async (_, change) => {
  sink.behave("stall");
  const offered = sink.offered();
  const user = await signUp();
  await waitFor("the mail to be on its way", () => sink.offered() > offered);
  const email = change(user.email);
  const newest = await resend(user.id, { email, lost: true });
  sink.release();
  await sent(user.verificationId);
  sink.behave("accept");
  await sent(newest); // The poll has found it.
  const ids = [...new Set([user.email, email])].flatMap(mailsTo);
  expect(ids).toEqual([user.verificationId, newest]);
});

it("gives each mail of a sign-up its own subject, so that mail programs do not fold them", async () => {
  const user = await signUp({
    async afterCreate(newUser, tx) {
      await age(newUser.id, tx);
      await enqueueWith(jobs)(newUser, tx);
    },
  });
  await sent(user.verificationId);
  await sent(await resend(user.id));
  const subjects = sink.mails
    .filter(({ to }) => to === user.email)
    .map(({ source }) => /^Subject: (.*)\r$/m.exec(source)?.[1]);
  expect(subjects).toHaveLength(2);
  expect(new Set(subjects).size).toBe(2);
});
