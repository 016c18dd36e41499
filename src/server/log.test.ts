import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { testDatabase } from "#src/testing/database.ts";
import { testServices, whenReady } from "#src/testing/services.ts";
import { aSignup } from "#src/testing/signup.ts";
import { serve } from "./api/serve.ts";
import { createLog } from "./log.ts";
import { createJobs } from "./jobs/enqueue.ts";
import { connectProducer } from "./redis.ts";

const database = await testDatabase();
const services = await testServices(database);

/** A log that keeps what it is given. */
function keepingLog() {
  const stream = new PassThrough();
  const lines: string[] = [];
  stream.on("data", (line: Buffer) => lines.push(line.toString()));
  return { log: createLog("test", "trace", stream), lines };
}

describe("the log", () => {
  it("has the enqueued job, by its ids", async () => {
    const { log, lines } = keepingLog();
    const redis = connectProducer(services.env.REDIS_URL, 1000, log);
    const jobs = createJobs({ redis, env: services.env, log });
    await whenReady({ ...services, jobs });
    await sendAll({ ...services, log, jobs });
    redis.disconnect();
    const enqueued = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === "enqueued");
    expect(enqueued).toEqual([
      expect.objectContaining({
        job: "verify-email",
        queue: "critical",
        jobId: expect.stringMatching(/^verify-email-[\da-f-]{36}$/),
      }),
    ]);
    expectNothingPersonal(lines);
  });

  it("says nothing personal of an error that quotes what was typed", () => {
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
