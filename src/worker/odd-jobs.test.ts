import { randomUUID } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { z } from "zod";
import type { CreateUserTxParams } from "#src/signup/create-user-tx.ts";
import { countOf } from "#test/fixtures/count-of.ts";
import { testDatabase } from "#test/fixtures/database.ts";
import { testMailing } from "#test/fixtures/mailing.ts";
import { whenReady } from "#test/fixtures/services.ts";
import { enqueueUnrung, enqueueWith } from "#test/fixtures/user.ts";
import { defineJob, fromKnex, handle, startWorker } from "#src/tx-jobs/index.ts";
import { waitFor } from "#test/servers/wait-for.ts";

const database = await testDatabase();
const { db } = database;
const { services, queue, redis, start, signUp, mailsTo, jobOf, ended, looked } =
  await testMailing(database);
const { env, jobs } = services;
const enqueue = enqueueWith(jobs);
const signUpWith = (afterCreate: CreateUserTxParams["afterCreate"]) => signUp({ afterCreate });

beforeAll(async () => {
  start();
  await whenReady(services);
});

it("nothing is sent for a user who was deleted since", async () => {
  const before = await countOf("enlist_jobs_total", "gone");
  const user = await signUpWith(async () => {});
  await db("users").where({ id: user.id }).delete();
  await db.transaction((tx) => Promise.resolve(enqueue(user, tx)));
  expect(await ended(user)).toMatchObject({ outcome: "done", takes: 1 });
  await waitFor(
    "the count",
    async () => (await countOf("enlist_jobs_total", "gone")) === before + 1,
  );
  expect(mailsTo(user)).toEqual([]);
});

it.each([
  ["sent already", "email_verifications", { sent_at: new Date() }],
  ["verified already", "users", { email_verified_at: new Date() }],
  ["replaced by a newer request", "users", { verification_id: randomUUID() }],
])("nothing is sent if the mail was %s", async (_, table, change) => {
  const before = await countOf("enlist_jobs_total", "not owed");
  const user = await signUpWith(async (newUser, tx) => {
    const id = table === "users" ? newUser.id : newUser.verificationId;
    await tx(table).where({ id }).update(change);
    await enqueue(newUser, tx);
  });
  expect(await ended(user)).toMatchObject({ outcome: "done", takes: 1 });
  await waitFor(
    "the count",
    async () => (await countOf("enlist_jobs_total", "not owed")) === before + 1,
  );
  expect(mailsTo(user)).toEqual([]);
});

it("an unreadable payload fails after its attempts, and the row does not quote it", async () => {
  const user = await signUpWith(enqueueUnrung);
  const bad = await signUpWith(async (newUser, tx) => {
    await enqueueUnrung(newUser, tx);
    await tx("tx_jobs")
      .where({ id: newUser.verificationId })
      .update({ payload: { verificationId: "ada@example.com" }, max_attempts: 2 });
  });
  const failed = await ended(bad);
  expect(failed).toMatchObject({ outcome: "failed", attempts: 2, takes: 2 });
  expect(failed.error).not.toContain("ada@");
  expect(await ended(user)).toMatchObject({ outcome: "done" });
});

it("a meaningless message is consumed, and the next job runs", async () => {
  for (const data of [{ verificationId: 7 }, "nonsense", `${"0".repeat(32)}:x`, null]) {
    await queue.add("verify-email", data, { attempts: 10 });
  }
  await waitFor("all to be consumed", async () => (await queue.getJobs()).length === 0);
  const user = await signUp();
  expect(await ended(user)).toMatchObject({ outcome: "done" });
});

it("a job with an unknown name is left to a newer worker", async () => {
  const unheard = defineJob({
    name: "unheard-of",
    queue: "critical",
    payload: z.object({ n: z.number() }),
  });
  const { id } = await db.transaction((tx) => jobs.enqueue(fromKnex(tx), unheard, { n: 7 }));
  await looked({ verificationId: id });
  await ended(await signUpWith(enqueueUnrung)); // The poll has skipped it too.
  expect(await jobOf({ verificationId: id })).toMatchObject({
    takes: 0,
    attempts: 0,
    outcome: null,
  });
  const done: number[] = [];
  const newer = startWorker({
    db: fromKnex(db),
    redis,
    prefix: env.REDIS_PREFIX,
    handlers: [handle(unheard, async ({ n }) => void done.push(n))],
    pollMs: 100,
  });
  expect(await ended({ verificationId: id })).toMatchObject({ outcome: "done", takes: 1 });
  await newer.close();
  expect(done).toEqual([7]);
});
