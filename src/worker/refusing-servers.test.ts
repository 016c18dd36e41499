import { randomUUID } from "node:crypto";
import { describe, expect, it, onTestFinished } from "vitest";
import { testDatabase } from "#test/fixtures/database.ts";
import { testMailing } from "#test/fixtures/mailing.ts";
import { ownRedis } from "#test/fixtures/own-redis.ts";
import { whenReady } from "#test/fixtures/services.ts";
import { raiseOn } from "#test/fixtures/tx-jobs.ts";
import { workerProcesses } from "#test/fixtures/worker-process.ts";
import { freePort } from "#test/servers/ports.ts";
import { waitFor } from "#test/servers/wait-for.ts";

const port = await freePort();
const database = await testDatabase();
const { db } = database;
const redisServer = await ownRedis();
await redisServer.start();
const { services, sink, redis, signUp, ended } = await testMailing(database, {
  REDIS_URL: redisServer.url,
  WORKER_PORT: String(port),
});
const startProcess = workerProcesses(services.env);
await whenReady(services);

/** The worker's readiness. */
async function readiness() {
  const response = await fetch(`http://127.0.0.1:${port}/api/ready`);
  return { status: response.status, ...(await response.json()) };
}

/** The metric of one part of the worker. */
async function healthy(part: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/api/metrics`)).text();
  return Number(new RegExp(`^enlist_worker_healthy{part="${part}"} (\\d)$`, "m").exec(text)?.[1]);
}

const whenWorkerIsReady = () =>
  waitFor("the worker to be ready", async () => (await readiness()).ready);

describe("a server that answers and refuses", () => {
  it("PostgreSQL lets nothing be taken: log, metrics and readiness keep saying so", async () => {
    const worker = await startProcess();
    await whenWorkerIsReady();
    const stop = await raiseOn(db, "tx_jobs", "42501");
    onTestFinished(() => stop().catch(() => {}));
    const user = await signUp();
    await worker.said(/"task":"poll".*"code":"42501".*"msg":"jobs: database failed"/);
    // Polls fail, while renewals and other queries succeed.
    for (let n = 0; n < 20; n++) {
      const failing = { status: 503, checks: { postgres: "ok", redis: "ok", jobs: "failing" } };
      expect(await readiness()).toMatchObject(failing);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await healthy("jobs")).toBe(0);
    expect(await healthy("messages")).toBe(1);
    expect(worker.output()).not.toContain("database back");
    await stop();
    await worker.said(/jobs: database back/);
    await whenWorkerIsReady();
    expect(await ended(user)).toMatchObject({ outcome: "done", attempts: 0 });
  });

  it("Redis lets no message be fetched: all report it, and the table is polled", async () => {
    const user = `worker-${randomUUID()}`;
    const allow = (commands: string) =>
      redis.call(
        "ACL",
        "SETUSER",
        user,
        "on",
        ">secret",
        "~*",
        "&*",
        "+@all",
        ...commands.split(" "),
      );
    await allow("-bzpopmin");
    const url = redisServer.url.replace("//", `//${user}:secret@`);
    const worker = await startProcess({ REDIS_URL: url });
    await worker.said(/NOPERM.*"msg":"redis refuses; jobs are polled"/);
    expect(await ended(await signUp())).toMatchObject({ outcome: "done", attempts: 0 });
    const checks = { postgres: "ok", redis: "failing", jobs: "ok" };
    expect(await readiness()).toMatchObject({ status: 503, checks });
    expect([await healthy("jobs"), await healthy("messages")]).toEqual([1, 0]);
    await allow("+bzpopmin");
    await whenWorkerIsReady();
  });

  it("the mail server accepts no mail: all report it, and the worker stays ready", async () => {
    const worker = await startProcess();
    await whenWorkerIsReady();
    sink.behave("close");
    const user = await signUp();
    await worker.said(/"msg":"unavailable; probing"/);
    await waitFor(
      "readiness to say so",
      async () => (await readiness()).checks.mail === "unavailable",
    );
    expect(await readiness()).toMatchObject({ status: 200, checks: { jobs: "ok" } });
    sink.behave("accept");
    expect(await ended(user)).toMatchObject({ outcome: "done", attempts: 0 });
    await waitFor("readiness to say so", async () => (await readiness()).checks.mail === "ok");
  });
});
