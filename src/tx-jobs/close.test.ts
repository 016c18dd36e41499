import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { ownRedis } from "../../test/fixtures/own-redis.ts";
import { testTxJobs, workerProcess } from "../../test/fixtures/tx-jobs.ts";
import { withRedis } from "../../test/servers/redis.ts";
import { startTcpProxy } from "../../test/servers/tcp-proxy.ts";
import { waitFor } from "../../test/servers/wait-for.ts";

const on = await testTxJobs();
beforeAll(() => on.ready());
beforeEach(() => on.clear());

/** Maximum milliseconds for an idle worker to close. */
const CLOSED = 5000;

async function timeOf(work: Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work;
  return performance.now() - began;
}

describe.each([
  ["quick connections", 0],
  ["connections that take 150 ms", 150],
])("F18 a worker that is told to stop, with %s to Redis", (_, ms) => {
  it("starts nothing more, finishes what it started, and leaves the rest to others", async () => {
    const proxy = await startTcpProxy(inject("redisUrl"));
    proxy.lag(ms);
    const redis = new Redis(proxy.url, { maxRetriesPerRequest: null });
    const begun: number[] = [];
    const ended: number[] = [];
    const closing = await on.worker(
      async ({ n }) => {
        begun.push(n);
        await sleep(100);
        ended.push(n);
      },
      { redis, concurrency: { critical: 5 }, pollMs: 2000 },
    );
    await on.fill(100);
    await waitFor("the work to be in full swing", () => ended.length > 10);
    const closed = closing.close();
    const last = begun.length;
    const others: number[] = [];
    const at = performance.now();
    const late: number[] = [];
    await on.worker(
      async ({ n }) => {
        others.push(n);
        late.push(performance.now() - at);
      },
      { pollMs: 2000 },
    );
    await closed;
    expect(begun.length).toBe(last);
    expect(new Set(ended)).toEqual(new Set(begun));
    expect(ended.length).toBe(begun.length);
    await on.allEnded();
    await on.drained(); // Unacknowledged messages return after two of BullMQ's checks.
    expect([...ended, ...others].toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 100 }, (__, index) => index + 1),
    );
    // Long before the leases expire, after 30 s.
    expect(Math.max(...late)).toBeLessThan(15_000);
    redis.disconnect();
    await proxy.close();
  });
});

it("F18 a worker that stops gives back what the poll just took, without an attempt", async () => {
  let go = () => {};
  const held = new Promise<void>((resolve) => (go = resolve));
  const runs: number[] = [];
  const closing = await on.worker(async ({ n }) => void runs.push(n), {
    db: {
      async run(statement) {
        const rows = await on.connection.run(statement);
        if (statement.name === "tx-jobs-take-due" && rows.length > 0) await held;
        return rows as never;
      },
      transaction: () => "none",
    },
  });
  const [id] = await on.fill(1, () => false);
  await waitFor("it to be taken", async () => (await on.row(id!))!.leased);
  const closed = closing.close();
  go();
  await closed;
  expect(runs).toEqual([]);
  expect(await on.row(id!)).toMatchObject({ leased: false, outcome: null, attempts: 0, lost: 0 });
});

describe("closing a worker", async () => {
  const server = await ownRedis();
  const proxies: Awaited<ReturnType<typeof startTcpProxy>>[] = [];
  afterAll(() => Promise.all(proxies.map((proxy) => proxy.close())));

  it.each(["SIGSTOP", "SIGKILL"] as const)("works after a %s of Redis", async (signal) => {
    const redis = await server.start();
    const consumer = new Redis(server.url, { maxRetriesPerRequest: null });
    consumer.on("error", () => {});
    let go = () => {};
    const held = new Promise<void>((resolve) => (go = resolve));
    const worker = await on.worker(() => held, { redis: consumer });
    await worker.ready();
    const [id] = await on.fill(1, () => false);
    await waitFor("it to begin", () => on.events.some(({ type }) => type === "taken"));
    redis.program.signal(signal);
    setTimeout(go, 200);
    expect(await timeOf(worker.close())).toBeLessThan(CLOSED);
    expect(await on.row(id!)).toMatchObject({ outcome: "done" });
    redis.program.signal("SIGCONT");
    consumer.disconnect();
  });

  it.each(["SIGSTOP", "SIGKILL"] as const)(
    "ends its process after a %s of Redis",
    async (signal) => {
      const redis = await server.start();
      const program = await workerProcess(on, { LEASE_MS: "30000", REDIS: server.url });
      redis.program.signal(signal);
      await program.stop(60_000);
      expect(await program.ended).toBe("ended with code 0");
      redis.program.signal("SIGCONT");
    },
  );

  it("ends its process if only the connection that waits for messages is lost", async () => {
    const redis = await server.start();
    const program = await workerProcess(on, { LEASE_MS: "30000", REDIS: redis.url });
    await withRedis(redis.port, async (admin) => {
      const waiting = await waitFor("it to wait", async () =>
        /^id=(\d+) .*cmd=bzpopmin/m.exec(String(await admin.client("LIST"))),
      );
      await admin.config("SET", "maxclients", 1); // Refuses the new connection.
      await admin.client("KILL", "ID", waiting[1]!);
    });
    await program.stop(60_000);
    expect(await program.ended).toBe("ended with code 0");
    await redis.program.stop();
  });

  it("ends its process if Redis was never up", async () => {
    const away = { REDIS: "redis://127.0.0.1:1", NOWAIT: "yes" };
    const program = await workerProcess(on, { LEASE_MS: "30000", ...away });
    await program.stop(60_000);
    expect(await program.ended).toBe("ended with code 0");
  });

  it("works if Redis was never up", async () => {
    const consumer = new Redis("redis://127.0.0.1:1", { maxRetriesPerRequest: null });
    consumer.on("error", () => {});
    const worker = await on.worker(async () => {}, { redis: consumer });
    expect(await timeOf(worker.close())).toBeLessThan(CLOSED);
    consumer.disconnect();
  });

  it.each(["refuses", "hangs"])("works while PostgreSQL %s, if nothing is running", async (how) => {
    const proxy = await startTcpProxy(on.url);
    proxies.push(proxy);
    let polls = 0;
    const worker = await on.worker(async () => {}, {
      dbUrl: proxy.url,
      on: () => void polls++,
    });
    await on.ended(await on.enqueue());
    await waitFor("it to be told", () => polls > 0);
    if (how === "refuses") proxy.cut();
    else proxy.stall();
    if (how === "refuses") await waitFor("a poll to fail", () => !worker.health().database);
    else await sleep(500); // Time for a poll to begin, which has no event.
    expect(await timeOf(worker.close())).toBeLessThan(CLOSED);
    proxy.cut();
  });

  it("works twice at once", async () => {
    const worker = await on.worker(async () => {});
    await Promise.all([worker.close(), worker.close()]);
  });
});
