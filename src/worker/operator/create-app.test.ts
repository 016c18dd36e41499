import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testDatabase } from "#src/testing/database.ts";
import { ownRedis } from "#src/testing/own-redis.ts";
import { testServices, whenReady } from "#src/testing/services.ts";
import { aUser, enqueueWith } from "#src/testing/user.ts";
import { freePort } from "../../../scripts/services/ports.ts";
import { startSmtpSink } from "../../../scripts/services/smtp-sink.ts";
import { waitFor } from "../../../scripts/services/wait-for.ts";
import { startWorker } from "../start-worker.ts";

const PASSWORD = "a password for the tests";
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const database = await testDatabase();
const sink = await startSmtpSink();
const redis = await ownRedis();
const server = await redis.start();
const services = await testServices(database, {
  REDIS_URL: redis.url,
  SMTP_URL: sink.url,
  WORKER_PORT: String(port),
  OPERATOR_PASSWORD: PASSWORD,
  RECONCILE_INTERVAL_MS: "300",
});
const worker = startWorker(services.env);
beforeAll(async () => {
  await whenReady(services);
  await waitFor("the port", async () => (await fetch(`${url}/api/health`)).ok);
});
beforeEach(() => sink.behave("accept"));
afterAll(async () => {
  await worker.close();
  await sink.close();
});

function ask(path: string, init: RequestInit = {}, password = PASSWORD): Promise<Response> {
  const basic = Buffer.from(`operator:${password}`).toString("base64");
  const headers = { authorization: `Basic ${basic}`, ...(init.headers as object) };
  return fetch(url + path, { ...init, headers });
}

const signUp = (afterCreate = enqueueWith(services.jobs)) => aUser(services.db, { afterCreate });
const ledgerOf = async (id: string) => (await ask(`/ledger/${id}`)).json();

/** A sign-up whose mail was refused for good. */
async function aRefusedSignUp() {
  sink.behave("refuse");
  const user = await signUp();
  await waitFor("the refusal", async () => (await ledgerOf(user.id)).place === "failed");
  sink.behave("accept");
  const job = `verify-email-${user.verificationId}`;
  return { user, retry: `/queues/api/queues/critical/${job}/retry` };
}

describe("the queues' board", () => {
  it("shows the queues, and loads nothing from elsewhere", async () => {
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

  it("has a failed job tried again, and the mail is sent", async () => {
    const { user, retry } = await aRefusedSignUp();
    const headers = { "sec-fetch-site": "same-origin", origin: url };
    expect((await ask(retry, { method: "PUT", headers })).ok).toBe(true);
    await waitFor("the mail", () => sink.mails.some(({ to }) => to === user.email));
    await waitFor("the record", async () => (await ledgerOf(user.id)).place === "sent");
  });

  it.each([
    ["sec-fetch-site", "cross-site"],
    ["sec-fetch-site", "same-site"],
    ["origin", "https://elsewhere.example"],
    ["origin", "null"],
  ])("does nothing for a page of another site: %s %s", async (name, value) => {
    const headers = { [name]: value };
    const { user, retry } = await aRefusedSignUp();
    expect((await ask(retry, { method: "PUT", headers })).status).toBe(403);
    expect((await ask(retry, { method: "POST", headers })).status).toBe(403);
    expect((await ledgerOf(user.id)).place).toBe("failed");
    await services.db("users").delete();
  });
});

describe("the ledger", () => {
  it("says where each sign-up stands, and what contradicts the promise", async () => {
    await services.db("users").delete();
    const user = await signUp();
    await waitFor("the record", async () => (await ledgerOf(user.id)).place === "sent");
    expect(await (await ask("/ledger")).json()).toMatchObject({
      counts: { "mail owed": 0, failed: 0, sent: 1 },
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
    await services.db("email_verifications").where({ user_id: user.id }).delete();
    const { contradictions } = await (await ask("/ledger")).json();
    expect(contradictions).toEqual([{ id: user.id, what: "has no verification to mail" }]);
  });
});

describe("whoever looks", () => {
  const paths = [
    "/queues",
    "/queues/",
    "/queues/api/queues",
    "/queues/static/x",
    "/ledger",
    "/ledger/x",
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

  it("is told that there is nothing to see where no password is set", async () => {
    const { OPERATOR_PASSWORD: _, ...env } = services.env;
    const other = await freePort();
    const closed = startWorker({ ...env, WORKER_PORT: other });
    await waitFor("the port", async () => (await fetch(`http://127.0.0.1:${other}/api/health`)).ok);
    for (const path of paths) {
      const answer = await fetch(`http://127.0.0.1:${other}${path}`);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain("OPERATOR_PASSWORD");
    }
    await closed.close();
  });

  it("is told in time that Redis does not answer", async () => {
    server.program.signal("SIGSTOP");
    for (const path of ["/queues/api/queues", "/ledger"]) {
      const started = Date.now();
      expect((await ask(path)).status).toBe(503);
      expect(Date.now() - started).toBeLessThan(2000);
    }
    server.program.signal("SIGCONT");
    await waitFor("Redis to answer again", async () => (await ask("/ledger")).ok);
  });
});
