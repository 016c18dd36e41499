import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testDatabase } from "#test/fixtures/database.ts";
import { ownRedis } from "#test/fixtures/own-redis.ts";
import { testServices, whenReady } from "#test/fixtures/services.ts";
import { aUser, enqueueWith } from "#test/fixtures/user.ts";
import { openQueue } from "#src/tx-jobs/index.ts";
import { freePort } from "#test/servers/ports.ts";
import { startSmtpSink } from "#test/servers/smtp-sink.ts";
import { waitFor } from "#test/servers/wait-for.ts";
import { startEnlistWorker } from "../start.ts";

const PASSWORD = "a password for the tests";
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const database = await testDatabase();
const sink = await startSmtpSink();
const redis = await ownRedis();
const server = await redis.start();
const admin = new Redis(redis.url, { maxRetriesPerRequest: null });
const services = await testServices(database, {
  REDIS_URL: redis.url,
  SMTP_URL: sink.url,
  WORKER_PORT: String(port),
  OPERATOR_PASSWORD: PASSWORD,
  JOB_POLL_MS: "300",
});
const worker = startEnlistWorker(services.env);
beforeAll(async () => {
  await whenReady(services);
  await waitFor("the port", async () => (await fetch(`${url}/api/health`)).ok);
});
afterAll(async () => {
  await worker.close();
  await sink.close();
  admin.disconnect();
});

function ask(path: string, init: RequestInit = {}, password = PASSWORD): Promise<Response> {
  const basic = Buffer.from(`operator:${password}`).toString("base64");
  const headers = { authorization: `Basic ${basic}`, ...(init.headers as object) };
  return fetch(url + path, { ...init, headers });
}

const signUp = (afterCreate = enqueueWith(services.jobs)) => aUser(services.db, { afterCreate });
const ledgerOf = async (id: string) => (await ask(`/ledger/${id}`)).json();

describe("the queues' board", () => {
  it("shows the queues, and loads nothing from other hosts", async () => {
    const page = await ask("/queues");
    expect(page.status).toBe(200);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'self'");
    const html = await page.text();
    const scripts = [...html.matchAll(/src="(static\/[^"]+)"/g)].map(([, path]) => path!);
    expect(scripts.length).toBeGreaterThan(0);
    for (const path of scripts) expect((await ask(`/queues/${path}`)).status).toBe(200);
    const { queues } = await (await ask("/queues/api/queues")).json();
    expect(queues.map(({ name }: { name: string }) => name)).toEqual(["critical", "default"]);
  });

  it("is read-only", async () => {
    const queue = openQueue("critical", { redis: admin, prefix: services.env.REDIS_PREFIX });
    const message = await queue.add("verify-email", "later", { delay: 3_600_000 });
    const headers = { "sec-fetch-site": "same-origin", origin: url };
    const board = "/queues/api/queues/critical";
    const json = { ...headers, "content-type": "application/json" };
    for (const path of ["/pause", "/empty", "/obliterate", "/promote", "/clean/delayed"]) {
      expect(`${path} ${(await ask(board + path, { method: "PUT", headers })).status}`).toBe(
        `${path} 405`,
      );
    }
    for (const path of ["/promote", "/clean"]) {
      const answer = await ask(`${board}/${message.id}${path}`, { method: "PUT", headers });
      expect(`${path} ${answer.status}`).toBe(`${path} 405`);
    }
    const add = { method: "POST", headers: json, body: JSON.stringify({ name: "x", data: {} }) };
    expect((await ask(`${board}/add`, add)).status).toBe(405);
    await ask("/queues/api/queues/pause", { method: "PUT", headers }); // All queues at once.
    expect(await queue.isPaused()).toBe(false);
    expect(await (await queue.getJob(message.id!))?.isDelayed()).toBe(true);
    expect(await queue.count()).toBe(1);
    await message.remove();
  });
});

describe("the ledger", () => {
  it("tells where each sign-up stands, and what contradicts the promise", async () => {
    await services.db("users").delete();
    const user = await signUp();
    await waitFor("the record", async () => (await ledgerOf(user.id)).place === "sent");
    expect(await (await ask("/ledger")).json()).toMatchObject({
      counts: { "job waiting": 0, failed: 0, sent: 1, lost: 0 },
      contradictions: [],
    });
    const entry = await ledgerOf(user.id);
    expect(entry).toMatchObject({ userId: user.id, place: "sent" });
    expect(JSON.stringify(entry)).not.toContain(user.email);
    for (const id of [randomUUID(), "nobody"])
      expect((await ask(`/ledger/${id}`)).status).toBe(404);
  });

  it("finds a user who is owed a mail that nobody can send", async () => {
    await services.db("users").delete();
    const user = await signUp(async () => {});
    const { contradictions } = await (await ask("/ledger")).json();
    expect(contradictions).toEqual([{ id: user.id, what: "has no job to mail it" }]);
  });
});

describe("a visitor of the operator's pages", () => {
  const paths = [
    "/queues",
    "/queues/",
    "/queues/api/queues",
    "/queues/static/x",
    "/ledger",
    "/ledger/x",
    "/jobs",
    "/jobs/",
    "/jobs/retry",
  ];

  it.each(paths)("needs the password for %s", async (path) => {
    expect((await fetch(url + path)).status).toBe(401);
    for (const wrong of ["", "x", PASSWORD.slice(1), `${PASSWORD} `]) {
      const answer = await ask(path, {}, wrong);
      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toMatch(/^Basic /);
    }
    expect((await ask(path, { method: "PUT" }, "x")).status).toBe(401);
  });

  it("gets a 404 that names OPERATOR_PASSWORD if none is set", async () => {
    const { OPERATOR_PASSWORD: _, ...env } = services.env;
    const other = await freePort();
    const closed = startEnlistWorker({ ...env, WORKER_PORT: other });
    await waitFor("the port", async () => (await fetch(`http://127.0.0.1:${other}/api/health`)).ok);
    for (const path of paths) {
      const answer = await fetch(`http://127.0.0.1:${other}${path}`);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain("OPERATOR_PASSWORD");
    }
    await closed.close();
  });

  it("is told in time that Redis does not answer, and sees what PostgreSQL knows", async () => {
    server.program.signal("SIGSTOP");
    expect((await ask("/queues/api/queues")).status).toBe(503);
    for (const path of ["/ledger", "/jobs"]) expect((await ask(path)).status).toBe(200);
    server.program.signal("SIGCONT");
    await waitFor("Redis to answer again", async () => (await ask("/queues/api/queues")).ok);
  });
});
