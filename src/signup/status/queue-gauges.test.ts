import { afterAll, beforeAll, expect, it } from "vitest";
import { testDatabase } from "#test/fixtures/database.ts";
import { testMailing } from "#test/fixtures/mailing.ts";
import { ownRedis } from "#test/fixtures/own-redis.ts";
import { scraper } from "#test/fixtures/scrape.ts";
import { whenReady } from "#test/fixtures/services.ts";
import { aSignup } from "#test/system/person.ts";
import { signUp as signUpByApi } from "#test/fixtures/stream.ts";
import { startTcpProxy } from "#test/servers/tcp-proxy.ts";
import { createDb } from "#src/platform/db.ts";
import type { Log } from "#src/platform/log.ts";
import { invite } from "../invitation/invite.ts";
import { createQueueGauges } from "./queue-gauges.ts";

const database = await testDatabase();
const { db } = database;
const line = await startTcpProxy(database.url);
const observer = createDb({ url: line.url, pool: 1 });
const redis = await ownRedis();
const server = await redis.start();
const { services, sink, start, signUp, ended } = await testMailing(database, {
  REDIS_URL: redis.url,
});
const { jobs } = services;
const { valueOf, expectValue } = scraper({ db: observer, jobs, log: services.log });

beforeAll(() => whenReady(services));
afterAll(async () => {
  await observer.destroy();
  await line.close();
});

const queued = (state: string) => `enlist_queue_jobs{queue="critical",state="${state}"}`;

it("reports owed mails, and excludes those that were refused for good", async () => {
  const user = await signUp();
  await db("tx_jobs")
    .where({ id: user.verificationId })
    .update({ due_at: new Date(Date.now() - 3_600_000) });
  expect(await valueOf("enlist_mails_owed")).toBe(1);
  expect(await valueOf("enlist_mails_owed_oldest_seconds")).toBeGreaterThan(3599);
  expect(await valueOf(queued("waiting"))).toBe(1);
  sink.behave("refuse");
  const close = start();
  await ended(user);
  await close();
  expect(await valueOf("enlist_mails_owed_oldest_seconds")).toBe(0);
  expect(await valueOf(queued("failed"))).toBe(1);
  expect(await valueOf("enlist_mails_owed")).toBe(0);
});

it("counts invitations among the owed mails, and believes them about the mail server", async () => {
  const id = await invite({ db, jobs, ttlHours: 1 }, { email: aSignup().email, language: "en" });
  const hourAgo = new Date(Date.now() - 3_600_000);
  await db("tx_jobs").where({ id }).update({ due_at: hourAgo, unavailable_at: db.fn.now() });
  expect(await valueOf("enlist_mails_owed")).toBe(1);
  expect(await valueOf("enlist_mails_owed_oldest_seconds")).toBeGreaterThan(3599);
  expect(await valueOf("enlist_mail_server_up")).toBe(0);
  await db("tx_jobs").where({ id }).delete();
});

it("reports that the mail server is unavailable", async () => {
  expect(await valueOf("enlist_mail_server_up")).toBe(1);
  const close = start();
  sink.behave("close");
  const user = await signUp();
  await expectValue("enlist_mail_server_up", 0);
  expect(await valueOf('enlist_jobs_total{outcome="unavailable"}')).toBeGreaterThan(0);
  expect(await valueOf('enlist_send_seconds_count{outcome="unavailable"}')).toBeGreaterThan(0);
  sink.behave("accept");
  await expectValue("enlist_mail_server_up", 1);
  await ended(user);
  await close();
});

it("reports an unavailable store in time and without stale values, and all jobs while Redis is unavailable", async () => {
  await signUp();
  server.program.signal("SIGSTOP");
  await expectValue('enlist_store_up{store="redis"}', 0);
  expect(await valueOf(queued("waiting"))).toBe(1);
  expect(await valueOf("enlist_mails_owed_oldest_seconds")).toBeGreaterThan(0);
  const refused = await valueOf('enlist_signups_total{outcome="queue unavailable"}');
  await expect(signUpByApi(services, aSignup())).rejects.toThrow("Nothing was saved");
  expect(await valueOf('enlist_signups_total{outcome="queue unavailable"}')).toBe(
    (refused ?? 0) + 1,
  );
  server.program.signal("SIGCONT");
  line.stall();
  await expectValue('enlist_store_up{store="postgres"}', 0);
  expect(await valueOf("enlist_mails_owed")).toBeUndefined();
  expect(await valueOf("enlist_mails_owed_oldest_seconds")).toBeUndefined();
  expect(await valueOf("enlist_mail_server_up")).toBeUndefined();
  expect(await valueOf(queued("waiting"))).toBeUndefined();
  line.flow();
  await expectValue('enlist_store_up{store="postgres"}', 1);
  await expectValue('enlist_store_up{store="redis"}', 1);
});

it("logs its own errors, but not that PostgreSQL is unavailable", async () => {
  const errors: unknown[] = [];
  const log = { ...services.log, error: (what: unknown) => errors.push(what) } as Log;
  const reading = scraper({ db: observer, jobs, log });
  await db.raw("alter table tx_jobs rename to moved");
  expect(await reading.valueOf("enlist_mails_owed")).toBeUndefined();
  expect(errors).toMatchObject([{ err: { code: "42P01" } }]);
  await db.raw("alter table moved rename to tx_jobs");
  line.cut();
  await reading.expectValue('enlist_store_up{store="postgres"}', 0);
  line.restore();
  await reading.expectValue('enlist_store_up{store="postgres"}', 1);
  expect(errors).toHaveLength(1);
});

it("reads the stores at most once per second, and only on request", async () => {
  let reads = 0;
  const counting = createQueueGauges({
    db: observer,
    jobs: { ping: () => (reads++, jobs.ping()) },
    log: services.log,
  });
  expect(reads).toBe(0);
  await Promise.all(Array.from({ length: 50 }, counting));
  expect(reads).toBe(1);
});
