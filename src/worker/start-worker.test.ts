import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readSignedId } from "#src/platform/signed-id.ts";
import type { CreateUserTxParams, NewUser } from "#src/signup/create-user-tx.ts";
import { countOf } from "#test/fixtures/count-of.ts";
import { testDatabase } from "#test/fixtures/database.ts";
import { testMailing } from "#test/fixtures/mailing.ts";
import { whenReady } from "#test/fixtures/services.ts";
import { aSignup } from "#test/system/person.ts";
import { signUp as signUpByApi } from "#test/fixtures/stream.ts";
import { enqueueWith } from "#test/fixtures/user.ts";
import { codeIn, tokenIn } from "#test/servers/smtp-sink.ts";
import { startTcpProxy } from "#test/servers/tcp-proxy.ts";
import { waitFor } from "#test/servers/wait-for.ts";

const database = await testDatabase();
const line = await startTcpProxy(database.url);
afterAll(() => line.close()); // Last of all, because hooks run in reverse.
const { db } = database;
const { services, sink, queue, start, signUp, mailsTo, jobOf, ended, looked } =
  await testMailing(database);
const { env, jobs } = services;
const enqueue = enqueueWith(jobs);
const signUpWith = (afterCreate: CreateUserTxParams["afterCreate"]) => signUp({ afterCreate });

beforeAll(async () => {
  start({ DATABASE_URL: line.url });
  await whenReady(services);
});
beforeEach(() => sink.behave("accept"));

describe("the worker", () => {
  it("sends the mail of a committed sign-up, and records it", async () => {
    const user = await signUp();
    const job = await ended(user);
    expect(job).toMatchObject({ outcome: "done", takes: 1, attempts: 0 });
    const [mail, ...more] = mailsTo(user);
    expect(more).toEqual([]);
    expect(mail?.messageId).toBe(`<${user.verificationId}@enlist.example>`);
    const token = tokenIn(mail!.source);
    const lines = mail!.source.split("\r\n");
    expect(lines).toContain(`${env.APP_URL}/en/verify?token=${token}`);
    expect(readSignedId(env.APP_SECRET, "verification-link", token ?? "")).toBe(
      user.verificationId,
    );
    const row = await db("users").where({ id: user.id }).first();
    const sent = await db("email_verifications").where({ id: user.verificationId }).first();
    expect(sent.expires_at - sent.sent_at).toBe(24 * 3_600_000);
    // Both are derived from the id, and not stored.
    const kept = JSON.stringify([row, sent, job]);
    for (const secret of [token, codeIn(mail!.source)]) {
      expect(secret).toMatch(/^\d{8}$|^[\da-f]{96}$/);
      expect(kept).not.toContain(secret);
    }
  });

  it("dates a mail by its request, or by the last full hour if that was long ago", async () => {
    const dateOf = async (hoursAgo: number) => {
      const user = await signUpWith(async (newUser, tx) => {
        await tx("email_verifications")
          .where({ id: newUser.verificationId })
          .update({ created_at: tx.raw("now() - make_interval(hours => ?)", [hoursAgo]) });
        await enqueue(newUser, tx);
      });
      await ended(user);
      return Date.parse(/^Date: (.*)\r$/m.exec(mailsTo(user)[0]!.source)![1]!);
    };
    const age = async (hoursAgo: number) => (Date.now() - (await dateOf(hoursAgo))) / 3_600_000;
    expect(await age(2)).toBeCloseTo(2, 1);
    expect(await age(26)).toBeLessThan(1.1);
    expect((await dateOf(26)) % 3_600_000).toBe(0);
  });

  it("F7 waits for the commit if the message comes first, then sends without using an attempt", async () => {
    const byMessage = () => countOf("enlist_jobs_taken_total", "message");
    // On a busy machine the commit may come too late for the look, so the poll takes the job.
    await waitFor("a commit that the look has waited for", async () => {
      const before = await byMessage();
      // The second look starts after the first has found nothing.
      const looks = new Promise<void>((resolve) => {
        line.onceSent("tx-jobs-take\0", () => line.onceSent("tx-jobs-take\0", resolve));
      });
      const user = await signUpWith(async (newUser, tx) => {
        await enqueue(newUser, tx);
        await looks;
        expect(mailsTo(newUser)).toEqual([]);
      });
      expect(await ended(user)).toMatchObject({ outcome: "done", takes: 1, attempts: 0 });
      expect(mailsTo(user)).toHaveLength(1);
      return (await byMessage()) > before;
    });
  });

  it("F7 lets the poll find the job if the commit comes too late for the message", async () => {
    const user = await signUpWith(async (newUser, tx) => {
      await enqueue(newUser, tx);
      await looked(newUser);
      expect(mailsTo(newUser)).toEqual([]);
    });
    expect(await ended(user)).toMatchObject({ outcome: "done", takes: 1, attempts: 0 });
    expect(mailsTo(user)).toHaveLength(1);
  });

  it("never mails a sign-up that was rolled back", async () => {
    let rolledBack: NewUser | undefined;
    const signingUp = signUpWith(async (user, tx) => {
      rolledBack = user;
      await enqueue(user, tx);
      throw new Error("no commit");
    });
    await expect(signingUp).rejects.toThrow("no commit");
    await looked(rolledBack!);
    expect(await jobOf(rolledBack!)).toBeUndefined();
    expect(mailsTo(rolledBack!)).toEqual([]);
  });

  it("F4 saves no row and no job, and mails nobody, if the commit fails after the enqueue", async () => {
    await db.raw(`
      create function refuse_commit() returns trigger language plpgsql as $$
        begin raise exception 'this commit fails'; end $$;
      create constraint trigger refuse_commit after insert on users
        deferrable initially deferred for each row execute function refuse_commit()`);
    const [input, before] = [aSignup(), await db("tx_jobs").count()];
    const signingUp = signUpByApi(services, input);
    await expect(signingUp).rejects.toMatchObject({ code: "INTERNAL_SERVER_ERROR" });
    await db.raw("drop function refuse_commit cascade");
    expect(await db("users").where({ username: input.username })).toEqual([]);
    expect(await db("tx_jobs").count()).toEqual(before);
    await waitFor("the message to be consumed", async () => (await queue.count()) === 0);
    expect(mailsTo(input)).toEqual([]);
  });

  it("F24 drops only the job of a savepoint that was rolled back under a committed transaction", async () => {
    let inner: NewUser | undefined;
    const outer = await signUpWith(async (user, tx) => {
      await enqueue(user, tx);
      const savepoint = tx.transaction(async (nested) => {
        inner = { ...user, verificationId: randomUUID() };
        await nested("users").where({ id: user.id }).update({
          verification_id: inner.verificationId,
        });
        await enqueue(inner, nested);
        throw new Error("back to the savepoint");
      });
      await expect(savepoint).rejects.toThrow("back to the savepoint");
    });
    await looked(inner!);
    expect(await ended(outer)).toMatchObject({ outcome: "done", takes: 1 });
    expect(await jobOf(inner!)).toBeUndefined();
    expect(mailsTo(outer).map(({ messageId }) => messageId)).toEqual([
      `<${outer.verificationId}@enlist.example>`,
    ]);
  });

  it("tells a verified address that it has an account, without a link", async () => {
    const owner = await signUp();
    await ended(owner);
    await db("users").where({ id: owner.id }).update({ email_verified_at: new Date() });
    const second = await signUp({ email: owner.email.toUpperCase() });
    expect(await ended(second)).toMatchObject({ outcome: "done" });
    const mail = sink.mails.at(-1)!;
    expect(mail.source).toContain("Subject: You already have an account");
    expect(tokenIn(mail.source)).toBeUndefined();
  });
});

describe("the mail server", () => {
  it("F11 refuses for good: one attempt, and the failed job stays", async () => {
    sink.behave("refuse");
    expect(await ended(await signUp())).toMatchObject({
      outcome: "failed",
      attempts: 1,
      error: "refused for good: EENVELOPE 550 at RCPT TO",
    });
  });

  it("F10 refuses for now: the mail is sent once it accepts", async () => {
    sink.behave("refuse", "451 Greylisted");
    const user = await signUp();
    await waitFor("two attempts", async () => {
      return ((await jobOf(user))?.attempts ?? 0) >= 2;
    });
    sink.behave("accept");
    expect(await ended(user)).toMatchObject({ outcome: "done", error: null });
    expect(mailsTo(user)).toHaveLength(1);
  });

  it("F9 drops the connection after taking the mail: the second copy is the same mail", async () => {
    sink.behave("drop");
    const user = await signUp();
    await waitFor("the first copy", () => mailsTo(user).length === 1);
    sink.behave("accept");
    await ended(user);
    const copies = mailsTo(user);
    expect(copies.length).toBeGreaterThanOrEqual(2);
    expect(new Set(copies.map(({ source }) => source)).size).toBe(1);
    expect(tokenIn(copies[0]!.source)).toBeTruthy();
  });
});
