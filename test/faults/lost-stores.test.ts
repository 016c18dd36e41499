import { afterAll, afterEach, describe, expect, it } from "vitest";
import { testDatabase } from "../fixtures/database.ts";
import { testMailing } from "../fixtures/mailing.ts";
import { whenReady } from "../fixtures/services.ts";
import { startTcpProxy } from "../servers/tcp-proxy.ts";
import { waitFor } from "../servers/wait-for.ts";

const database = await testDatabase();
const { db } = database;
const line = await startTcpProxy(database.url);
const { services, sink, queue, start, signUp, mailsTo, jobOf, ended, looked } =
  await testMailing(database);
await whenReady(services);

const running: (() => Promise<void>)[] = [];
/** Lets the workers finish running jobs. */
const close = () => Promise.all(running.splice(0).map((stop) => stop()));

afterEach(async () => {
  line.restore();
  sink.behave("accept");
  sink.release();
  await close();
});
afterAll(() => line.close());

describe("a worker loses", () => {
  it("the database for a while: no attempt is used, and the mail is sent later", async () => {
    running.push(start({ DATABASE_URL: line.url }));
    line.cut();
    const user = await signUp();
    await looked(user);
    expect(await jobOf(user)).toMatchObject({ attempts: 0, takes: 0 });
    line.restore();
    expect(await ended(user)).toMatchObject({ outcome: "done", attempts: 0 });
    await close();
    expect(mailsTo(user)).toHaveLength(1);
  });

  it("the database after taking a job: no attempt is used, and the mail is sent later", async () => {
    running.push(start({ DATABASE_URL: line.url }));
    const cut = new Promise<void>((resolve) => {
      line.onceSent("read-mail", () => {
        line.cut();
        resolve();
      });
    });
    const user = await signUp();
    await cut;
    expect(await jobOf(user)).toMatchObject({ outcome: null, takes: 1 });
    line.restore();
    await waitFor("the job to be given back", async () => !(await jobOf(user))!.leased_by);
    // The page must not blame the mail server.
    expect((await jobOf(user))!.unavailable_at).toBeNull();
    expect(await ended(user)).toMatchObject({ outcome: "done", attempts: 0, takes: 2 });
    await close();
    expect(mailsTo(user)).toHaveLength(1);
  });

  it("the database while a mail is being sent: it is recorded later, and not sent twice", async () => {
    running.push(start({ DATABASE_URL: line.url }));
    sink.behave("stall");
    const before = sink.offered();
    const user = await signUp();
    await waitFor("the worker to be sending", () => sink.offered() > before);
    line.cut();
    sink.behave("accept");
    sink.release();
    await waitFor("the mail", () => mailsTo(user).length > 0);
    line.restore();
    expect(await ended(user)).toMatchObject({ outcome: "done", takes: 1 });
    const row = await db("email_verifications").where({ id: user.verificationId }).first();
    expect(row.sent_at).toBeInstanceOf(Date);
    await close();
    expect(mailsTo(user)).toHaveLength(1);
  });

  it("F12 Redis with all its data while a mail is being sent: the lease is kept, with one mail", async () => {
    for (let n = 0; n < 2; n++) running.push(start({ JOB_LEASE_MS: 1000, JOB_POLL_MS: 100 }));
    sink.behave("stall");
    const before = sink.offered();
    const user = await signUp();
    await waitFor("a worker to be sending", () => sink.offered() > before);
    const first = (await jobOf(user))!.leased_until!;
    await queue.obliterate({ force: true });
    await waitFor("the lease to outlive its first term by another", async () => {
      const [{ now }] = (await db.raw("select now()")).rows;
      const until = (await jobOf(user))!.leased_until!;
      return now.getTime() > first.getTime() + 1000 && until > now;
    });
    sink.behave("accept");
    sink.release();
    expect(await ended(user)).toMatchObject({ outcome: "done", takes: 1, attempts: 0 });
    await close();
    expect(mailsTo(user)).toHaveLength(1);
  });
});
