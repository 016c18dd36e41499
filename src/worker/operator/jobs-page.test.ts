import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testDatabase } from "#test/fixtures/database.ts";
import { readJob } from "#test/fixtures/job-row.ts";
import { testMailing } from "#test/fixtures/mailing.ts";
import { ownRedis } from "#test/fixtures/own-redis.ts";
import { whenReady } from "#test/fixtures/services.ts";
import { enqueueUnrung } from "#test/fixtures/user.ts";
import { freePort } from "#test/servers/ports.ts";
import { waitFor } from "#test/servers/wait-for.ts";

const PASSWORD = "a password for the tests";
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const OWN = { "sec-fetch-site": "same-origin", origin: url };
const database = await testDatabase();
const { db } = database;
const redisServer = await ownRedis();
const server = await redisServer.start();
const { services, sink, start, signUp, ended, mailsTo } = await testMailing(database, {
  REDIS_URL: redisServer.url,
  WORKER_PORT: String(port),
  OPERATOR_PASSWORD: PASSWORD,
});

beforeAll(async () => {
  start();
  await whenReady(services);
  await waitFor("the port", async () => (await fetch(`${url}/api/health`)).ok);
});
beforeEach(async () => {
  sink.behave("accept");
  await db("tx_jobs").delete();
});
afterAll(() => server.program.stop());

function ask(path: string, init: RequestInit = {}, password = PASSWORD): Promise<Response> {
  const basic = Buffer.from(`operator:${password}`).toString("base64");
  const headers = { authorization: `Basic ${basic}`, ...(init.headers as object) };
  return fetch(url + path, { redirect: "manual", ...init, headers });
}

/** Presses a button of the page. */
const press = (fields: Record<string, string>, headers: object = OWN, password = PASSWORD) =>
  ask(
    "/jobs/retry",
    { method: "POST", body: new URLSearchParams(fields), headers: { ...headers } },
    password,
  );

const page = async (query = "") => (await ask(`/jobs${query}`)).text();

/** Creates users whose mails were rejected for good. */
async function refused(count: number) {
  sink.behave("refuse");
  const users = await Promise.all(Array.from({ length: count }, () => signUp()));
  for (const user of users) expect(await ended(user)).toMatchObject({ outcome: "failed" });
  sink.behave("accept");
  return users;
}

describe("the jobs page", () => {
  it("lists the jobs that failed for good, with the reason, and names nobody", async () => {
    expect(await page()).toContain("No job has failed");
    const [user] = await refused(1);
    const html = await page();
    expect(html).toContain(user!.verificationId);
    expect(html).toContain("refused for good: EENVELOPE 550 at RCPT TO");
    expect(html).toContain("1 of 10");
    expect(html).not.toContain(user!.email);
    expect(html).not.toContain(user!.username);
    const json = await ask("/jobs", { headers: { accept: "application/json" } });
    expect(await json.json()).toEqual([
      expect.objectContaining({ id: user!.verificationId, state: "failed", attempts: 1 }),
    ]);
  });

  it("lists jobs of another state, and treats an unknown state as failed", async () => {
    sink.behave("stall");
    const user = await signUp();
    await waitFor("it to run", async () => {
      return (await page("?state=running")).includes(user.verificationId);
    });
    expect(await page("?state=waiting")).not.toContain(user.verificationId);
    expect(await page("?state=%3Cscript%3E")).toContain("Jobs: failed");
    sink.behave("accept");
    sink.release();
    await ended(user);
  });

  it("escapes errors, and loads nothing from other hosts", async () => {
    const [user] = await refused(1);
    const error = `<script src="https://elsewhere.example/x"></script>`;
    await db("tx_jobs").where({ id: user!.verificationId }).update({ error });
    const answer = await ask("/jobs");
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'self'");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const html = await answer.text();
    expect(html).not.toContain("<script");
    expect(html).toContain("&lt;script");
  });

  it("retries one job from the first attempt, and the mail is sent", async () => {
    const [one, other] = await refused(2);
    const answer = await press({ id: one!.verificationId });
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe("/jobs?retried=1");
    expect(await page("?retried=1")).toContain("1 will be tried again");
    expect(await ended(one!)).toMatchObject({ outcome: "done", attempts: 0 });
    expect(mailsTo(one!)).toHaveLength(1);
    expect(await readJob(db, other!.verificationId)).toMatchObject({ outcome: "failed" });
    expect(mailsTo(other!)).toEqual([]);
  });

  it("retries all jobs of a name, and no others", async () => {
    const users = await refused(3);
    const other = {
      id: randomUUID(),
      name: "other",
      queue: "critical",
      payload: {},
      max_attempts: 1,
    };
    const failed = { outcome: "failed", finished_at: db.fn.now(), due_at: db.fn.now() };
    await db("tx_jobs").insert({ ...other, ...failed });
    expect((await press({ name: "verify-email" })).headers.get("location")).toBe("/jobs?retried=3");
    for (const user of users) expect(await ended(user)).toMatchObject({ outcome: "done" });
    expect(await readJob(db, other.id)).toMatchObject({ outcome: "failed" });
  });

  it("leaves done and missing jobs alone, and says that none will be retried", async () => {
    const done = await signUp();
    await ended(done);
    for (const id of [done.verificationId, randomUUID()]) {
      expect((await press({ id })).headers.get("location")).toBe("/jobs?retried=0");
    }
    expect(mailsTo(done)).toHaveLength(1);
  });

  it.each([
    [{}],
    [{ id: "nobody" }],
    [{ id: "' or true --" }],
    [{ name: "" }],
    [{ name: "x".repeat(101) }],
  ])("answers 400 to %j", async (fields) => {
    const [user] = await refused(1);
    expect((await press(fields as Record<string, string>)).status).toBe(400);
    expect(await readJob(db, user!.verificationId)).toMatchObject({ outcome: "failed" });
  });

  it("answers 400 to a body that is not a form", async () => {
    const json = { "content-type": "application/json", ...OWN };
    const form = { "content-type": "multipart/form-data; boundary=x", ...OWN };
    for (const [headers, body] of [
      [json, '{"name":"verify-email"}'],
      [form, "nonsense"],
    ] as const) {
      expect((await ask("/jobs/retry", { method: "POST", headers, body })).status).toBe(400);
    }
  });

  it("needs the password", async () => {
    const [user] = await refused(1);
    expect((await press({ id: user!.verificationId }, OWN, "x")).status).toBe(401);
    const bare = { method: "POST", body: new URLSearchParams({ name: "verify-email" }) };
    expect((await fetch(`${url}/jobs/retry`, bare)).status).toBe(401);
    expect(await readJob(db, user!.verificationId)).toMatchObject({ outcome: "failed" });
  });

  it.each([
    ["sec-fetch-site", "cross-site"],
    ["sec-fetch-site", "same-site"],
    ["origin", "https://elsewhere.example"],
    ["origin", "null"],
  ])("ignores requests from another site's page: %s %s", async (name, value) => {
    const [user] = await refused(1);
    expect((await press({ name: "verify-email" }, { [name]: value })).status).toBe(403);
    expect((await press({ id: user!.verificationId }, { [name]: value })).status).toBe(403);
    expect(await readJob(db, user!.verificationId)).toMatchObject({ outcome: "failed" });
  });

  it("works while Redis is down, and so does the job", async () => {
    await server.program.stop();
    sink.behave("refuse");
    const user = await signUp({ afterCreate: enqueueUnrung });
    expect(await ended(user)).toMatchObject({ outcome: "failed" });
    expect(await page()).toContain(user.verificationId);
    sink.behave("accept");
    expect((await press({ id: user.verificationId })).status).toBe(303);
    expect(await ended(user)).toMatchObject({ outcome: "done" });
    expect(mailsTo(user)).toHaveLength(1);
  });
});
