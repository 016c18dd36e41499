import pg from "pg";
import { describe, expect, it } from "vitest";
import { testTxJobs } from "../../test/fixtures/tx-jobs.ts";
import { resolveInDoubt, type Connection, type Witness } from "./index.ts";

const on = await testTxJobs();
const { db, connection } = on;

/** Begins a transaction that inserts a row. Returns its witness, and ways to end it. */
async function begin(n: number) {
  const client = new pg.Client({ connectionString: on.url });
  await client.connect();
  await client.query("begin");
  const { rows } = await client.query<{ xid: string }>(
    "insert into effects (n) values ($1) returning pg_current_xact_id()::text as xid",
    [n],
  );
  const witness: Witness = {
    xid: rows[0]!.xid,
    async find(other) {
      const found = await other.run({ text: "select n from effects where n = $1", values: [n] });
      return found[0];
    },
  };
  return {
    witness,
    end: async (how: "commit" | "rollback") => {
      await client.query(how);
      await client.end();
    },
  };
}

describe("a COMMIT whose answer was lost", () => {
  it.each(["commit", "rollback"] as const)(
    "after a %s is resolved by the row and the log",
    async (how) => {
      const { witness, end } = await begin(how.length);
      await end(how);
      const expected = how === "commit" ? "committed" : "rolled back";
      expect(await resolveInDoubt(connection, witness)).toBe(expected);
    },
  );

  it.each(["commit", "rollback"] as const)("is waited for: %s", async (how) => {
    const { witness, end } = await begin(100 + how.length);
    const settling = resolveInDoubt(connection, witness);
    await new Promise((resolve) => setTimeout(resolve, 60));
    await end(how);
    expect(await settling).toBe(how === "commit" ? "committed" : "rolled back");
  });

  it("is unknown if it takes too long, or PostgreSQL does not answer", async () => {
    const { witness, end } = await begin(200);
    const began = performance.now();
    expect(await resolveInDoubt(connection, witness)).toBe("unknown");
    const silent: Connection = { run: () => new Promise(() => {}), transaction: () => "none" };
    expect(await resolveInDoubt(silent, witness)).toBe("unknown");
    const refusing: Connection = { ...silent, run: () => Promise.reject(new Error("no")) };
    expect(await resolveInDoubt(refusing, witness)).toBe("unknown");
    expect(performance.now() - began).toBeLessThan(20_000);
    await end("rollback");
  });

  it("is unknown without a row, as the id in the log may be another transaction's", async () => {
    const { witness, end } = await begin(300);
    await end("commit");
    await db("effects").delete().where({ n: 300 });
    expect(await resolveInDoubt(connection, witness)).toBe("unknown");
    const future = { ...witness, xid: "4611686018427387904" };
    expect(await resolveInDoubt(connection, future)).toBe("unknown");
  });
});
