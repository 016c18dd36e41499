import { afterAll, expect, inject, it } from "vitest";
import { withRedis } from "#test/servers/redis.ts";
import { startTcpProxy } from "#test/servers/tcp-proxy.ts";
import { waitFor } from "#test/servers/wait-for.ts";
import { testDatabase } from "#test/fixtures/database.ts";
import { ownRedis } from "#test/fixtures/own-redis.ts";
import { testServices, whenReady } from "#test/fixtures/services.ts";
import { createDb } from "../db.ts";
import { answerHealth, answerReady } from "./answer-health.ts";
import { createReadinessCheck } from "./readiness.ts";

const database = await testDatabase();
const line = await startTcpProxy(database.url);
const redis = await ownRedis();
const server = await redis.start();
const services = await testServices(database, { REDIS_URL: redis.url });
await whenReady(services);
const db = createDb({ url: line.url, pool: 1 });
const closing = new AbortController();
const isReady = createReadinessCheck({ db, jobs: services.jobs, closing: closing.signal });
afterAll(async () => {
  await db.destroy();
  await line.close();
});

/** Asks /api/ready in time, and returns status and body. */
async function ask(query = "") {
  const started = Date.now();
  const response = await answerReady(`http://localhost/api/ready${query}`, isReady);
  expect(Date.now() - started).toBeLessThan(10_000);
  return { status: response.status, ...(await response.json()) };
}

const OK = { postgres: "ok", redis: "ok", migrations: "ok" };

it("is ready if both stores answer and the migrations are done", async () => {
  expect(await ask()).toEqual({ status: 200, ready: true, checks: OK });
  expect(await answerHealth().json()).toEqual({ alive: true });
});

it("names Redis if it hangs or is down, and can exclude it", async () => {
  server.program.signal("SIGSTOP");
  const hanging = { ready: false, checks: { ...OK, redis: "unavailable" } };
  expect(await ask()).toEqual({ status: 503, ...hanging });
  expect(await ask("?exclude=redis")).toMatchObject({ status: 200, ready: true });
  server.program.signal("SIGCONT");
  await waitFor("Redis to count again", async () => (await ask()).ready);
  await server.program.stop();
  expect(await ask()).toEqual({ status: 503, ...hanging });
  await redis.start();
  await waitFor("Redis to count again", async () => (await ask()).ready);
});

it("says that Redis is full, which is not the same as unavailable", async () => {
  await withRedis(server.port, (admin) => admin.config("SET", "maxmemory", "1"));
  const full = { ready: false, checks: { ...OK, redis: "full" } };
  expect(await ask()).toEqual({ status: 503, ...full });
  expect(await ask("?exclude=redis")).toMatchObject({ status: 200, ready: true });
  await withRedis(server.port, (admin) => admin.config("SET", "maxmemory", "0"));
  expect(await ask()).toEqual({ status: 200, ready: true, checks: OK });
});

it("names PostgreSQL if it hangs or is down", async () => {
  const unavailable = {
    ready: false,
    checks: { postgres: "unavailable", redis: "ok", migrations: "unknown" },
  };
  line.stall();
  expect(await ask()).toEqual({ status: 503, ...unavailable });
  expect(await ask("?exclude=postgres")).toMatchObject({ status: 503 });
  line.flow();
  await waitFor("PostgreSQL to count again", async () => (await ask()).ready);
  line.cut();
  expect(await ask()).toEqual({ status: 503, ...unavailable });
  line.restore();
  await waitFor("PostgreSQL to count again", async () => (await ask()).ready);
});

it("checks once for any number of concurrent requests", async () => {
  let looks = 0;
  const count = () => void looks++;
  db.on("query", count);
  await Promise.all(Array.from({ length: 50 }, () => ask()));
  db.off("query", count);
  expect(looks).toBe(1);
});

it("names pending migrations, and ignores those of a newer release", async () => {
  await database.db("knex_migrations").insert({ name: "29990101000000_newer.ts", batch: 9 });
  expect((await ask()).ready).toBe(true);
  const last = await database.db("knex_migrations").whereNot({ batch: 9 }).max("name as name");
  await database.db("knex_migrations").where(last[0]!).delete();
  const pending = { ready: false, checks: { ...OK, migrations: "pending" } };
  expect(await ask()).toEqual({ status: 503, ...pending });
});

it("names the migrations if none has run", async () => {
  const empty = createDb({ url: inject("postgresUrl"), pool: 1 });
  const isEmptyReady = createReadinessCheck({
    db: empty,
    jobs: services.jobs,
    closing: closing.signal,
  });
  expect((await isEmptyReady()).checks).toEqual({ ...OK, migrations: "pending" });
  await empty.destroy();
});

it("is not ready once it is stopping", async () => {
  closing.abort();
  expect(await ask("?exclude=migrations")).toMatchObject({
    status: 503,
    ready: false,
    stopping: true,
  });
});
