import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { testServices, whenReady } from "../fixtures/services.ts";
import { aSignup } from "../system/person.ts";
import { expectOneMailEach, insist, MANY, signUp, startStream } from "../fixtures/stream.ts";
import { startEnlistWorker } from "#src/worker/start.ts";
import { migrate } from "../system/migrate.ts";
import { temporaryFolder } from "../servers/folder.ts";
import { startPostgres, withClient, type Postgres } from "../servers/postgres.ts";
import { startPostgresPair } from "../servers/postgres-pair.ts";
import { startSmtpSink } from "../servers/smtp-sink.ts";
import { startTcpProxy } from "../servers/tcp-proxy.ts";
import { createDb } from "#src/platform/db.ts";

/** The data of a migrated and stopped server. */
const base = temporaryFolder("enlist-base");
const data = join(base, "postgres");
const made = await startPostgres({ folder: data, settings: ["fsync=off"] });
migrate(made.url("postgres"));
await made.program.stop();
afterAll(() => rmSync(base, { recursive: true, force: true }));

let stop: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of stop) await end();
  stop = [];
});

/** A web and a worker that reach a pair of PostgreSQL servers by one address. */
async function onPair(synchronous: boolean) {
  const folder = temporaryFolder("enlist-pair");
  const pair = await startPostgresPair(data, folder, { synchronous });
  const address = await startTcpProxy(pair.primary.url("postgres"));
  const sink = await startSmtpSink();
  const db = createDb({ url: address.url, pool: 5 });
  const overrides = { SMTP_URL: sink.url, JOB_POLL_MS: "500", JOB_LEASE_MS: "2000", ...MANY };
  const services = await testServices({ url: address.url, db }, overrides);
  await whenReady(services);
  const worker = startEnlistWorker(services.env);
  stop.push(
    () => worker.close(),
    () => db.destroy(),
    () => sink.close(),
    () => address.close(),
    () => pair.stop(),
    async () => rmSync(folder, { recursive: true, force: true }),
  );
  return {
    ...pair,
    address,
    services,
    db,
    sink,
    /** Fails over as an operator or their tools would. */
    async failOver() {
      address.cut();
      await pair.promote();
      address.redirect(pair.standby.url("postgres"));
      address.restore();
    },
  };
}

/** The id that the next transaction will have. */
const nextXid = (server: Postgres) =>
  withClient(server.url("postgres"), async (client) => {
    const { rows } = await client.query(
      "select pg_snapshot_xmax(pg_current_snapshot())::text as xid",
    );
    return Number(rows[0].xid);
  });

describe("PostgreSQL fails over", () => {
  it("to a synchronous standby under load: every acknowledged sign-up survives", async () => {
    const on = await onPair(true);
    const people = startStream(on.services);
    await people.taken(5);
    on.primary.crash();
    await on.primary.program.ended;
    await people.refused(1);
    await on.failOver();
    await insist(on.services, aSignup());
    const { inputs, waits } = await people.stop();
    expect(waits.length).toBeGreaterThan(0);
    await expectOneMailEach(on.db, on.sink, inputs);
  });

  it("to an asynchronous standby during a COMMIT whose id means another transaction there: no success is claimed", async () => {
    const on = await onPair(false);
    on.replication.cut();
    await on.promote();
    const next = await nextXid(on.primary);
    await withClient(on.standby.url("postgres"), async (client) => {
      for (let xid = 0; xid < next + 100;) {
        const { rows } = await client.query("select pg_current_xact_id()::text as xid");
        xid = Number(rows[0].xid);
      }
    });

    // A separate connection, as the worker commits too.
    const line = await startTcpProxy(on.primary.url("postgres"));
    const db = createDb({ url: line.url, pool: 1 });
    const services = { ...on.services, db };
    const input = aSignup();
    line.onceSent("COMMIT", () => {
      for (const way of [line, on.address]) {
        way.cut();
        way.redirect(on.standby.url("postgres"));
        way.restore();
      }
    });
    await expect(signUp(services, input)).rejects.toMatchObject({
      code: "SERVICE_UNAVAILABLE",
      message: expect.not.stringContaining("Nothing was saved"),
    });
    const found = () => db("users").where({ username: input.username });
    expect(await found()).toEqual([]);
    await insist(services, input);
    expect(await found()).toHaveLength(1);
    await expectOneMailEach(db, on.sink, [input]);
    await db.destroy();
    await line.close();
  });

  it("and a name still leads to the standby: refused, jobs wait, and all recovers at the primary", async () => {
    const on = await onPair(false);
    const earlier = aSignup();
    on.sink.behave("refuse", "451 Later");
    await signUp(on.services, earlier);
    on.address.cut();
    on.address.redirect(on.standby.url("postgres"));
    on.address.restore();
    on.sink.behave("accept");
    const input = aSignup();
    for (let n = 0; n < 3; n++) {
      await expect(signUp(on.services, input)).rejects.toMatchObject({
        code: "SERVICE_UNAVAILABLE",
      });
    }
    on.address.redirect(on.primary.url("postgres"));
    await insist(on.services, input);
    await expectOneMailEach(on.db, on.sink, [earlier, input]);
  });
});
