import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Knex } from "knex";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { testTxJobs } from "../../test/fixtures/tx-jobs.ts";
import { waitFor } from "../../test/servers/wait-for.ts";
import type { Connection } from "./connection.ts";
import type { Message } from "./message.ts";
import { takeByMessage } from "./take-by-message.ts";
import { lookFor } from "./take.ts";
import { together } from "./together.ts";

const on = await testTxJobs();
const { db } = on;
const taking = { db: on.connection, workerId: randomUUID(), leaseMs: 30_000 };
beforeAll(() => on.ready());
afterEach(async () => {
  await on.queue.obliterate({ force: true });
  await db("tx_jobs").delete();
});

describe("several messages in one statement", () => {
  it("each get the verdict that they would get alone", async () => {
    const [free, twice, leased, done, early] = await on.fill(5, () => false);
    const set = (id: string, change: object) => db("tx_jobs").where({ id }).update(change);
    await set(leased!, { leased_by: randomUUID(), leased_until: new Date(0) });
    await set(done!, { outcome: "done", finished_at: new Date() });
    await set(early!, { due_at: db.raw("now() + interval '1 minute'") });
    const xids = { over: "", open: "" };
    const note = async (tx: Knex.Transaction, which: "over" | "open") => {
      const { rows } = await tx.raw<{ rows: { xid: string }[] }>(
        "select pg_current_xact_id()::text as xid",
      );
      xids[which] = rows[0]!.xid;
    };
    await db
      .transaction((tx) => note(tx, "over").then(() => tx.rollback(new Error("no"))))
      .catch(() => {});
    await db.transaction(async (tx) => {
      await note(tx, "open");
      const ids = [early!, done!, twice!, free!, leased!, twice!];
      const looks = await lookFor(taking, [
        ...ids.map((id) => ({ id, xid: "2000000" })), // Never asked for, as there is a row.
        ...[xids.over, "3", xids.open].map((xid) => ({ id: randomUUID(), xid })),
      ]);
      expect(looks).toMatchObject([
        { found: "early" },
        { found: "there" },
        { found: "taken", job: { id: twice, takes: 1, tookOver: false } },
        { found: "taken", job: { id: free } },
        { found: "there" },
        { found: "there" },
        { found: "nothing", status: "aborted" },
        { found: "nothing", status: null },
        { found: "nothing", status: "in progress" },
      ]);
    });
    expect(await db("tx_jobs").whereIn("id", [free!, twice!]).pluck("takes")).toEqual([1, 1]);
  });

  it("do not suffer from one whose transaction's id is refused", async () => {
    const lookTogether = together((messages: Message[]) => lookFor(taking, messages));
    const pause = (ms: number) => sleep(ms, true);
    for (let round = 0; round < 50; round++) {
      const ids = await on.fill(3, () => false);
      const refused = { id: randomUUID(), xid: "2000000" };
      const found = await Promise.all(
        [...ids.map((id) => ({ id, xid: "1" })), refused].map((message) =>
          takeByMessage(lookTogether, message, new Set(), pause),
        ),
      );
      expect(found).toMatchObject([...ids.map((id) => ({ id })), "unknown"]);
    }
  });

  it("give each job to one worker, in whatever order two name them", async () => {
    for (let round = 0; round < 20; round++) {
      const messages = (await on.fill(50, () => false)).map((id) => ({ id, xid: "1" }));
      const looks = await Promise.all(
        [messages, messages.toReversed()].map((asked) =>
          lookFor({ ...taking, workerId: randomUUID() }, asked),
        ),
      );
      const found = looks.flatMap((all) => all.filter((one) => one.found === "taken"));
      expect(new Set(found.map(({ job }) => job.id)).size).toBe(50);
      expect(found).toHaveLength(50);
    }
  });

  /** A connection that notes the ids of each statement that takes jobs. */
  const noting = (takes: string[]): Connection => ({
    ...on.connection,
    run(statement) {
      if (statement.text.includes("skip locked")) takes.push(statement.values[2] as string);
      return on.connection.run(statement);
    },
  });

  it("are what a worker sends for messages that come one after the other, if many do", async () => {
    const takes: string[] = [];
    await on.worker(async () => {}, { db: noting(takes), pollMs: 60_000, gatherMs: 2000 });
    let n = 0;
    await waitFor("jobs that were taken together", async () => {
      await on.enqueue(n++);
      return takes.some((ids) => ids.split(",").length > 2);
    });
    await on.allEnded();
  });

  it("are what a worker sends for messages that are there at once; a lone one goes alone", async () => {
    const takes: string[] = [];
    const seen: number[] = [];
    await on.fill(20);
    await on.worker(async ({ n }) => void seen.push(n), { db: noting(takes), pollMs: 60_000 });
    await on.allEnded();
    expect(seen).toHaveLength(20);
    expect(takes.length).toBeLessThan(20);
    const before = takes.length;
    await on.ended(await on.enqueue(21));
    // More only if the message came before the commit.
    expect(new Set(takes.slice(before))).toEqual(new Set([takes.at(-1)]));
  });
});
