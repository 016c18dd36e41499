import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { testDatabase } from "#test/fixtures/database.ts";
import { testServices, whenReady } from "#test/fixtures/services.ts";
import { aSignup } from "#test/system/person.ts";
import { serve } from "#src/web/api/serve.ts";
import { createDb } from "./db.ts";
import { createLog } from "./log.ts";
import { openJobs } from "./open-jobs.ts";
import { connectProducer } from "./redis.ts";

const database = await testDatabase();
const services = await testServices(database);

/** A log that keeps its lines. */
function keepingLog() {
  const stream = new PassThrough();
  const lines: string[] = [];
  stream.on("data", (line: Buffer) => lines.push(line.toString()));
  return { log: createLog("test", "trace", stream), lines };
}

describe("the log", () => {
  it("names the enqueued job by its ids", async () => {
    const { log, lines } = keepingLog();
    const redis = connectProducer(services.env.REDIS_URL, 1000, log);
    const jobs = openJobs({ redis, env: services.env, log });
    await whenReady({ ...services, jobs });
    await sendAll({ ...services, log, jobs });
    redis.disconnect();
    const enqueued = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === "enqueued");
    expect(enqueued).toEqual([
      expect.objectContaining({
        job: "verify-email",
        queue: "critical",
        jobId: expect.stringMatching(/^[\da-f-]{36}$/),
      }),
    ]);
    expectNothingPersonal(lines);
  });

  it("writes one line of JSON with process and UTC time, whatever it contains", () => {
    const { log, lines } = keepingLog();
    const path = '/a\n{"msg":"forged"}\r\u001b[2K\u0000';
    const before = Date.now();
    log.info({ path }, "request\n");
    const after = Date.now();
    const written = lines.join("");
    expect(written.split("\n")).toEqual([expect.stringMatching(/^\{.*\}$/), ""]);
    expect(written).not.toContain("\u001b");
    const { name, time, ...line } = JSON.parse(written);
    expect(line).toMatchObject({ path, msg: "request\n" });
    expect(name).toBe("test");
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(Date.parse(time)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(time)).toBeLessThanOrEqual(after);
  });

  it("has a defect with its stack, but not what the database quotes", async () => {
    const { log, lines } = keepingLog();
    const { db } = await testDatabase();
    await db.raw("alter table users rename to users_no_more");
    expect(await ask({ ...services, db, log })).toBe(500);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({
        level: 50,
        msg: "defect",
        path: "usernameAvailable",
        err: expect.objectContaining({ code: "42P01", stack: expect.stringMatching(/^\s+at /) }),
      }),
    ]);
    expectNothingPersonal(lines);
  });

  it("has an unavailable store with its code", async () => {
    const { log, lines } = keepingLog();
    const db = createDb({ url: "postgres://127.0.0.1:1/none", pool: 1 });
    expect(await ask({ ...services, db, log })).toBe(503);
    await db.destroy();
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({
        level: 40,
        msg: "refused",
        path: "usernameAvailable",
        cause: expect.objectContaining({ code: "ECONNREFUSED" }),
      }),
    ]);
  });

  it("says nothing personal about an error that quotes input", () => {
    const { log, lines } = keepingLog();
    const quoting = new Error("Key (email)=(ada.private@example.com) already exists.");
    log.error({ err: Object.assign(quoting, { code: "23505", routine: "x" }) }, "failed");
    const smtp = new Error("550 <ada.private@example.com> unknown");
    log.error({ err: Object.assign(smtp, { responseCode: 550, command: "RCPT TO" }) }, "failed");
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[0]!).err).toMatchObject({ type: "Error", code: "23505" });
    expect(JSON.parse(lines[1]!).err).toMatchObject({ responseCode: 550, command: "RCPT TO" });
    expectNothingPersonal(lines);
  });
});

const PRIVATE = {
  username: "ada_private",
  fullName: "Ada Private",
  email: "ada.private@example.com",
  password: "private-otter-lantern-42",
};

/** Asks whether someone's username is free, and returns the status. */
async function ask(all: typeof services): Promise<number> {
  const input = encodeURIComponent(JSON.stringify({ username: PRIVATE.username }));
  const url = `http://localhost:3000/api/trpc/usernameAvailable?input=${input}`;
  return (await serve(new Request(url), all)).status;
}

/** A sign-up, its conflict, and its refusal. */
async function sendAll(all: typeof services): Promise<void> {
  const inputs = [
    aSignup(PRIVATE),
    aSignup(PRIVATE),
    aSignup({ ...PRIVATE, email: "ada.private" }),
  ];
  for (const input of inputs) {
    const request = new Request("http://localhost:3000/api/trpc/createUser", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(input),
    });
    await serve(request, all);
  }
}

function expectNothingPersonal(lines: string[]): void {
  expect(lines.join("")).not.toMatch(/private/i);
}
