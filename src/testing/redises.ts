import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect } from "vitest";
import type { Services } from "#src/server/api/context.ts";
import { startWorker } from "#src/worker/start-worker.ts";
import { startRedisCluster } from "../../scripts/services/redis-cluster.ts";
import { startRedisSentinels } from "../../scripts/services/redis-sentinels.ts";
import { withRedis, type Redises } from "../../scripts/services/redis.ts";
import { startSmtpSink, type SmtpSink } from "../../scripts/services/smtp-sink.ts";
import { waitFor } from "../../scripts/services/wait-for.ts";
import type { TestDatabase } from "./database.ts";
import { testServices, whenReady } from "./services.ts";
import { expectOneMailEach, insist, startStream } from "./stream.ts";
import { aSignup } from "./signup.ts";

const PREFIX = "{failover}";

/** A whole Enlist on several Redises. */
export interface OnRedises {
  redises: Redises;
  services: Services;
  sink: SmtpSink;
  /** The services of one more process. */
  moreServices(overrides?: Record<string, string>): Promise<Services>;
  /**
   * Takes the master away under a stream of sign-ups, waits for another one, and makes that forget
   * everything: nobody may be lost, nobody mailed twice or in vain.
   * @returns the milliseconds after which each "not now" came
   */
  failOver(signal: "SIGKILL" | "SIGSTOP"): Promise<number[]>;
  /** Ends it, before another one mails the people of the same database. */
  close(): Promise<void>;
}

/**
 * Describes what holds behind a cluster as well as behind sentinels.
 * @param tests defines the tests; what it is given says what they run on, once they run
 */
export function describeRedises(
  database: TestDatabase,
  tests: (on: () => OnRedises) => void,
): void {
  describe.each([
    ["a cluster", startRedisCluster],
    ["sentinels", startRedisSentinels],
  ])("Redis behind %s", (_, start) => {
    let on: OnRedises;
    beforeAll(async () => {
      on = await onRedises(database, start);
    });
    afterAll(() => on.close());
    tests(() => on);
  });
}

async function onRedises(
  database: TestDatabase,
  start: (folder: string) => Promise<Redises>,
): Promise<OnRedises> {
  const folder = mkdtempSync(join(tmpdir(), "enlist-failover-"));
  const redises = await start(folder);
  const sink = await startSmtpSink();
  const moreServices = (overrides: Record<string, string> = {}) =>
    testServices(database, {
      REDIS_URL: redises.url,
      REDIS_PREFIX: PREFIX,
      SMTP_URL: sink.url,
      JOB_POLL_MS: "500",
      JOB_LEASE_MS: "2000",
      ...overrides,
    });
  const services = await moreServices();
  const worker = startWorker(services.env);
  await whenReady(services);
  const onMaster = async () => {
    const master = await redises.masterOf(PREFIX);
    await waitFor("a replica that can take over", () => hasReplica(master.port));
    return master;
  };
  return {
    redises,
    services,
    sink,
    moreServices,
    async close() {
      for (const program of redises.programs) program.signal("SIGCONT");
      await worker.close();
      await redises.stop();
      await sink.close();
      rmSync(folder, { recursive: true, force: true });
    },
    async failOver(signal) {
      const master = await onMaster();
      sink.behave("refuse", "451 Later"); // So that there are jobs to forget.
      const before = sink.offered();
      const people = startStream(services);
      await people.taken(5);
      await waitFor("jobs that wait for their next attempt", () => sink.offered() >= before + 5);
      const earlier = people.arrived();
      master.program.signal(signal);
      const next = await waitFor("another master", async () => {
        const now = await redises.masterOf(PREFIX);
        return now.port !== master.port && now;
      });
      expect(people.arrived()).toBeGreaterThan(earlier);
      await waitFor("it to forget all", () => withRedis(next.port, (redis) => redis.flushall()));
      sink.behave("accept");
      master.program.signal("SIGCONT");
      await insist(services, aSignup());
      const { inputs, waits } = await people.stop();
      await expectOneMailEach(database.db, sink, inputs);
      return waits;
    },
  };
}

/** Whether this master has a replica with all that it has. */
function hasReplica(port: number): Promise<boolean> {
  return withRedis(port, async (redis) =>
    (await redis.info("replication")).includes("state=online"),
  );
}
