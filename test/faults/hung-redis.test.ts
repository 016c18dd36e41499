import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { aSignup } from "../system/person.ts";
import { aUser } from "../fixtures/user.ts";
import { testDatabase } from "../fixtures/database.ts";
import { ownRedis } from "../fixtures/own-redis.ts";
import { testServices, whenReady } from "../fixtures/services.ts";
import { serve } from "#src/web/api/serve.ts";
import { createDb } from "#src/platform/db.ts";
import { waitFor } from "../servers/wait-for.ts";
import { signId } from "#src/platform/signed-id.ts";

const database = await testDatabase();
const redis = await (await ownRedis()).start();
// A name by which PostgreSQL tells this pool from the observing ones.
const db = createDb({ url: `${database.url}?application_name=web`, pool: 10 });
const services = {
  ...(await testServices(database, { REDIS_URL: redis.url, RATE_LIMITS: "off" })),
  db,
};
await whenReady(services);
afterAll(() => db.destroy());

interface Answer {
  status: number;
  ms: number;
}

async function call(procedure: string, input: object): Promise<Answer> {
  const started = performance.now();
  const request = new Request(`http://localhost:3000/api/trpc/${procedure}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input),
  });
  const { status } = await serve(request, services);
  return { status, ms: performance.now() - started };
}

const signUp = () => call("createUser", aSignup());

/** Calls `perSecond` times per second for `forMs` milliseconds, without waiting for answers. */
async function keepCalling(perSecond: number, forMs: number, make: () => Promise<Answer>) {
  const calls: Promise<Answer>[] = [];
  const started = performance.now();
  for (let ms = 0; ms < forMs; ms = performance.now() - started) {
    while (calls.length < (ms * perSecond) / 1000) calls.push(make());
    await sleep(2);
  }
  return Promise.all(calls);
}

/** The milliseconds for which the oldest transaction of the pool has been open. */
async function oldestTransaction(): Promise<number> {
  const { rows } = await database.db.raw(
    `select coalesce(max(extract(epoch from clock_timestamp() - xact_start)), 0)::float * 1000 as ms
     from pg_stat_activity where datname = current_database() and application_name = 'web'`,
  );
  return rows[0].ms;
}

it("F2 with 20 sign-ups per second: no connection stays busy, and other calls answer", async () => {
  const { verificationId, id } = await aUser(database.db);
  await database.db("users").where({ id }).update({ email_verified_at: new Date() });
  const token = signId(services.env.APP_SECRET, "verification-link", verificationId);
  for (let warmUp = 0; warmUp < 20; warmUp++) expect((await signUp()).status).toBe(200);
  const before = await database.db("users");

  redis.program.signal("SIGSTOP");
  let oldest = 0;
  const sampling = setInterval(() => {
    void oldestTransaction().then((ms) => (oldest = Math.max(oldest, ms)));
  }, 50);
  const [signUps, others] = await Promise.all([
    keepCalling(20, 3000, signUp),
    keepCalling(10, 3000, () => call("verifyEmail", { token })),
  ]);
  clearInterval(sampling);
  // After the first timeouts, the others are refused at once. Unguarded, each waits 750 ms.
  await waitFor("a refusal at once", async () => (await signUp()).ms < 700);
  redis.program.signal("SIGCONT");

  // All were answered before Redis was. Unguarded, they wait for it.
  expect(new Set(signUps.map(({ status }) => status))).toEqual(new Set([503]));
  // Unguarded, the sign-ups hold all connections. A busy machine may refuse a few all the same.
  const answered = others.filter(({ status }) => status === 200);
  expect(answered.length).toBeGreaterThan(others.length / 2);
  // 750 ms for Redis, plus the statements around it on a busy machine.
  expect(oldest).toBeGreaterThan(500);
  expect(oldest).toBeLessThan(10_000);
  expect(await database.db("users")).toEqual(before);
});
