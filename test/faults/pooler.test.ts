import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Signup } from "#test/system/person.ts";
import { testDatabase } from "../fixtures/database.ts";
import { endedJob } from "../fixtures/job-row.ts";
import { testServices, whenReady } from "../fixtures/services.ts";
import { aSignup } from "../system/person.ts";
import { expectOneMailEach, insist, signUp, startStream } from "../fixtures/stream.ts";
import { aUser, enqueueUnrung } from "../fixtures/user.ts";
import { startEnlistWorker, type RunningWorker } from "#src/worker/start.ts";
import { temporaryFolder } from "../servers/folder.ts";
import { hasPooler, startPooler, type Pooler } from "../servers/pgbouncer.ts";
import { startSmtpSink } from "../servers/smtp-sink.ts";
import { startTcpProxy } from "../servers/tcp-proxy.ts";
import { waitFor } from "../servers/wait-for.ts";
import { createDb, greetDatabase } from "#src/platform/db.ts";
import type { Log } from "#src/platform/log.ts";

const database = await testDatabase();
const sink = await startSmtpSink();
afterAll(() => sink.close());

const findUser = ({ username }: Signup) => database.db("users").where({ username }).first();

describe.skipIf(!hasPooler)("PostgreSQL behind PgBouncer in transaction mode", () => {
  let folder: string;
  const connections = 3; // Far fewer than the clients.
  let pooler: Pooler;
  let services: Awaited<ReturnType<typeof testServices>>;
  const workers: RunningWorker[] = [];

  beforeAll(async () => {
    folder = temporaryFolder("enlist-pooler");
    pooler = await startPooler({ folder, target: database.url, connections });
    const { url } = pooler;
    services = await testServices(
      { url, db: createDb({ url, pool: 10 }) },
      { SMTP_URL: sink.url, JOB_POLL_MS: "300", JOB_LEASE_MS: "2000" },
    );
    workers.push(startEnlistWorker(services.env), startEnlistWorker(services.env));
    await whenReady(services);
  });
  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.close()));
    await services.db.destroy();
    await pooler.program.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What is logged about this pool's deadlines. */
  async function warnings(): Promise<string[]> {
    const said: string[] = [];
    const db = createDb({ url: pooler.url, pool: 1 });
    await greetDatabase(db, { warn: (line: string) => said.push(line) } as unknown as Log);
    await db.destroy();
    return said;
  }

  it("has only the database's deadlines, and logs which are missing", async () => {
    expect(await warnings()).toEqual([
      expect.stringContaining("idle_in_transaction_session_timeout is off"),
      expect.stringContaining("statement_timeout is off"),
    ]);
    await database.db.raw(`do $$ begin
      execute format('alter database %I set statement_timeout = ''1s''', current_database());
      execute format('alter database %I set idle_in_transaction_session_timeout = ''5s''', current_database());
    end $$`);
    await pooler.program.stop();
    pooler = await startPooler({ folder, target: database.url, connections, port: pooler.port });
    expect(await warnings()).toEqual([]);
    const slow = services.db.raw("select pg_sleep(3)");
    await expect(slow).rejects.toThrow("canceling statement due to statement timeout");
  });

  it("carries a stream of sign-ups, and recovers after the pooler is killed", async () => {
    const people = startStream(services);
    await people.taken(5);
    pooler.program.signal("SIGKILL");
    await pooler.program.ended;
    const refused = aSignup();
    await expect(signUp(services, refused)).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
    pooler = await startPooler({ folder, target: database.url, connections, port: pooler.port });
    await insist(services, refused);
    const { inputs } = await people.stop();
    await expectOneMailEach(database.db, sink, [...inputs, refused]);
  });

  it("does jobs with lost messages, each in one process, and keeps no lock", async () => {
    const people = await Promise.all(
      Array.from({ length: 20 }, () => aUser(services.db, { afterCreate: enqueueUnrung })),
    );
    for (const { verificationId, email } of people) {
      const job = await endedJob(database.db, verificationId);
      expect(job).toMatchObject({ outcome: "done", takes: 1 });
      expect(sink.mails.filter(({ to }) => to === email)).toHaveLength(1);
    }
    const { rowCount } = await database.db.raw(
      `select from pg_locks where locktype = 'advisory'
       and database = (select oid from pg_database where datname = current_database())`,
    );
    expect(rowCount).toBe(0);
  });

  it("F5 the connection to it drops during COMMIT: success, with one mail", async () => {
    const line = await startTcpProxy(pooler.url);
    const db = createDb({ url: line.url, pool: 3 });
    const input = aSignup();
    await signUp({ ...services, db }, aSignup());
    line.onceSent("COMMIT", () => {
      line.stall("answers");
      void waitFor("the commit", () => findUser(input)).then(() => {
        line.cut();
        line.flow();
        line.restore();
      });
    });
    const { user } = await signUp({ ...services, db }, input);
    expect(user.username).toBe(input.username);
    await expectOneMailEach(database.db, sink, [input]);
    await db.destroy();
    await line.close();
  });

  it("leaves nothing of a stalled sign-up to the next one on the same connection", async () => {
    const line = await startTcpProxy(pooler.url);
    const db = createDb({ url: line.url, pool: 1 });
    await signUp({ ...services, db }, aSignup());
    const lost = aSignup();
    line.onceSent("insert into users", () => line.stall());
    await expect(signUp({ ...services, db }, lost)).rejects.toMatchObject({
      code: "SERVICE_UNAVAILABLE",
    });
    line.flow();
    const next = aSignup();
    await insist({ ...services, db }, next);
    await expectOneMailEach(database.db, sink, [next]);
    expect(await findUser(lost)).toBeUndefined();
    await db.destroy();
    await line.close();
  });
});
