import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { afterAll, describe, expect, it } from "vitest";
import type { Signup } from "#test/system/person.ts";
import { testDatabase } from "../fixtures/database.ts";
import { hasMessage, readJob } from "../fixtures/job-row.ts";
import { ownRedis } from "../fixtures/own-redis.ts";
import { signupDeps, testServices, whenReady } from "../fixtures/services.ts";
import { aSignup } from "../system/person.ts";
import { startTcpProxy, type TcpProxy } from "../servers/tcp-proxy.ts";
import { waitFor } from "../servers/wait-for.ts";
import { createDb, isDatabaseUnavailable } from "#src/platform/db.ts";
import { openJobs } from "#src/platform/open-jobs.ts";
import { connectProducer } from "#src/platform/redis.ts";
import { createUser } from "#src/signup/create-user.ts";
import { countHashes } from "#test/fixtures/count-hashes.ts";

// Hashing is real, and counted.
const database = await testDatabase();
const redisServer = await ownRedis();
const redis = await redisServer.start();
const line = await startTcpProxy(redis.url);
const services = await testServices(database, { REDIS_URL: line.url });
const admin = new Redis(redis.url, { maxRetriesPerRequest: null });
const critical = new Queue("critical", { connection: admin, prefix: services.env.REDIS_PREFIX });
await whenReady(services);
afterAll(async () => {
  admin.disconnect();
  await line.close();
});

function signUp(input: Signup, db = database.db) {
  const deps = { ...signupDeps(services), db };
  return createUser(deps, input);
}

/** Whether there is a user, and a job with a message to mail them. */
async function stateOf({ username }: Signup): Promise<[user: boolean, job: boolean]> {
  const row = await database
    .db("users")
    .join("email_verifications as v", "v.user_id", "users.id")
    .where({ username })
    .first("v.id");
  if (!row) return [false, false];
  return [
    true,
    Boolean(await readJob(database.db, row.id)) && (await hasMessage(critical, row.id)),
  ];
}

describe("a stalled connection to PostgreSQL", () => {
  it.each([1, 10])(
    "leaves nothing for the next sign-up on it to commit (pool of %i)",
    async (pool) => {
      const proxy = await startTcpProxy(database.url);
      const db = createDb({ url: proxy.url, pool });
      const [warmUp, lost, next] = [aSignup(), aSignup(), aSignup()];
      await signUp(warmUp, db);
      proxy.onceSent("insert-user", () => proxy.stall());
      await expect(signUp(lost, db)).rejects.toThrow(/Query read timeout/);
      const following = [signUp(next, db)];
      proxy.flow();
      const [first] = await Promise.allSettled(following);
      if (first?.status === "rejected") await signUp(next, db);
      expect(await stateOf(next)).toEqual([true, true]);
      expect(await stateOf(lost)).toEqual([false, false]);
      await signUp(lost, db);
      expect(await stateOf(lost)).toEqual([true, true]);
      await db.destroy();
      await proxy.close();
    },
  );

  it("leaves no locks behind, and the username is free again at once", async () => {
    const proxy = await startTcpProxy(database.url);
    const db = createDb({ url: proxy.url, pool: 1 });
    await signUp(aSignup(), db);
    const lost = aSignup();
    proxy.onceSent("insert-user", () => proxy.stall("answers"));
    await expect(signUp(lost, db)).rejects.toThrow(/Query read timeout/);
    await signUp(aSignup({ username: lost.username }));
    await db.destroy();
    await proxy.close();
  });

  it("is given up and replaced if the network has forgotten it", async () => {
    const proxy = await startTcpProxy(database.url);
    const db = createDb({ url: proxy.url, pool: 3 });
    await Promise.all([signUp(aSignup(), db), signUp(aSignup(), db), signUp(aSignup(), db)]);
    proxy.forget();
    await Promise.allSettled([signUp(aSignup(), db), signUp(aSignup(), db), signUp(aSignup(), db)]);
    await signUp(aSignup(), db);
    await db.destroy();
    await proxy.close();
  });
});

/** Signs up on its own connection, with `fault` at the COMMIT. */
async function signUpWith(fault: (proxy: TcpProxy, input: Signup) => void) {
  const proxy = await startTcpProxy(database.url);
  const db = createDb({ url: proxy.url, pool: 3 });
  await signUp(aSignup(), db);
  const input = aSignup();
  proxy.onceSent("COMMIT", () => fault(proxy, input));
  const outcome = await Promise.allSettled([signUp(input, db)]);
  proxy.restore();
  return {
    input,
    outcome: outcome[0],
    again: () => signUp(input, db),
    close: async () => {
      await db.destroy();
      await proxy.close();
    },
  };
}

describe("F5 the connection drops during COMMIT", () => {
  it("after the commit: success, with one user and one job", async () => {
    const { input, outcome, close } = await signUpWith((proxy, committed) => {
      proxy.stall("answers");
      void waitFor("the commit", async () => (await stateOf(committed))[0]).then(() => {
        proxy.cut();
        proxy.flow();
        proxy.restore();
      });
    });
    expect(outcome).toMatchObject({ status: "fulfilled", value: { username: input.username } });
    expect(await stateOf(input)).toEqual([true, true]);
    await close();
  });

  it("before the commit: refused, no user, and the same request succeeds", async () => {
    const { input, outcome, again, close } = await signUpWith((proxy) => {
      proxy.cut();
      proxy.restore();
    });
    expect(outcome).toMatchObject({
      status: "rejected",
      reason: {
        code: "SERVICE_UNAVAILABLE",
        message: expect.stringContaining("Nothing was saved"),
      },
    });
    expect(await stateOf(input)).toEqual([false, false]);
    await again();
    expect(await stateOf(input)).toEqual([true, true]);
    await close();
  });

  it.each([
    ["committed", true],
    ["was lost", false],
  ])(
    "and the database stays unavailable after it %s: the error does not say which, and a retry is safe",
    async (_, committed) => {
      const { input, outcome, again, close } = await signUpWith((proxy, sent) => {
        if (!committed) return proxy.cut();
        proxy.stall("answers");
        void waitFor("the commit", async () => (await stateOf(sent))[0]).then(() => {
          proxy.cut();
          proxy.flow();
        });
      });
      expect(outcome.status).toBe("rejected");
      expect(isDatabaseUnavailable((outcome as PromiseRejectedResult).reason)).toBe(true);
      await waitFor("the end of it", async () => (await stateOf(input))[0] === committed);
      expect((await again()).username).toBe(input.username);
      expect(await stateOf(input)).toEqual([true, true]);
      await close();
    },
  );
});

describe("a broken connection to Redis", () => {
  it("while the queues open: they accept jobs once it is back", async () => {
    const opening = await startTcpProxy(redis.url);
    const question = "$4\r\ninfo\r\n";
    // ioredis first asks whether Redis is ready; then BullMQ asks.
    opening.onceSent(question, () => {
      opening.onceSent(question, () => {
        opening.cut();
        opening.restore();
      });
    });
    const { db, env, log } = services;
    const producer = connectProducer(opening.url, env.ENQUEUE_TIMEOUT_MS, log);
    const jobs = openJobs({ redis: producer, env, log });
    const input = aSignup();
    const deps = { ...signupDeps(services), db, jobs };
    const sent = () => createUser(deps, input);
    await waitFor("the sign-up", sent, 5000);
    expect(await stateOf(input)).toEqual([true, true]);
    producer.disconnect();
    await opening.close();
  });
});

describe("a stalled connection to Redis", () => {
  it("fails the first sign-ups in time and the next ones at once, until it is back", async () => {
    line.stall();
    await expect(signUp(aSignup())).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
    const hashes = await countHashes();
    for (let i = 0; i < 100; i++) {
      await expect(signUp(aSignup())).rejects.toMatchObject({
        code: "SERVICE_UNAVAILABLE",
        cause: { message: expect.stringMatching(/^Redis (does not answer|is )/) },
      });
    }
    expect(await countHashes()).toBe(hashes);
    line.flow();
    await whenReady(services);
    const input = aSignup();
    await signUp(input);
    expect(await stateOf(input)).toEqual([true, true]);
  });

  it("is given up and replaced if the network has forgotten it", async () => {
    line.forget();
    await expect(signUp(aSignup())).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
    const input = aSignup();
    await waitFor("a new connection", () => signUp(input));
    expect(await stateOf(input)).toEqual([true, true]);
  });
});
