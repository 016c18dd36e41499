import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { testDatabase } from "#src/testing/database.ts";
import { withClient } from "../../../scripts/services/postgres.ts";
import { judge } from "./judge.ts";

const { db, url } = await testDatabase();
await db.raw("create table things (id uuid primary key)");

const find = (id: string) => () => db<{ id: string }>("things").where({ id }).first();

/** Inserts a thing on a connection of its own and leaves the transaction to `work`. */
async function insert(
  id: string,
  work: (xid: string, end: (how: "commit" | "rollback") => Promise<unknown>) => Promise<void>,
): Promise<void> {
  await withClient(url, async (client) => {
    await client.query("begin");
    await client.query("insert into things values ($1)", [id]);
    const { rows } = await client.query("select pg_current_xact_id()::text as xid");
    await work(rows[0].xid, (how) => client.query(how));
  });
}

describe("the judge", () => {
  it("is not asked about a row that is there", async () => {
    const id = randomUUID();
    await insert(id, async (_, end) => void (await end("commit")));
    // An id that PostgreSQL cannot even parse shows that it is not.
    expect(await judge(db, "not an id", find(id))).toEqual({ is: "there", row: { id } });
  });

  it("finds a transaction pending until it ends, then its row", async () => {
    const id = randomUUID();
    await insert(id, async (xid, end) => {
      expect(await judge(db, xid, find(id))).toEqual({ is: "pending" });
      await end("commit");
      expect(await judge(db, xid, find(id))).toEqual({ is: "there", row: { id } });
    });
  });

  it("knows the ghost of a transaction that rolled back", async () => {
    const id = randomUUID();
    await insert(id, async (xid, end) => {
      await end("rollback");
      expect(await judge(db, xid, find(id))).toEqual({ is: "ghost" });
    });
  });

  it("knows the ghost of a transaction whose connection was killed", async () => {
    const id = randomUUID();
    let xid = "";
    await insert(id, async (its) => {
      xid = its;
      await db.raw(
        "select pg_terminate_backend(pid) from pg_stat_activity where backend_xid::text = ?",
        [String(Number(its) % 2 ** 32)],
      );
      while ((await judge(db, xid, find(id))).is === "pending");
      expect(await judge(db, xid, find(id))).toEqual({ is: "ghost" });
    }).catch(() => {}); // Its own goodbye fails on the dead connection.
    expect(await judge(db, xid, find(id))).toEqual({ is: "ghost" });
  });

  it("knows that a committed row has been deleted since", async () => {
    const id = randomUUID();
    await insert(id, async (xid, end) => {
      await end("commit");
      await db("things").where({ id }).delete();
      expect(await judge(db, xid, find(id))).toEqual({ is: "gone" });
    });
  });

  it("looks again when the commit falls between its two questions", async () => {
    const id = randomUUID();
    await insert(id, async (xid, end) => {
      let looks = 0;
      const findThenCommit = async () => {
        const row = await find(id)();
        if (++looks === 1) await end("commit");
        return row;
      };
      expect(await judge(db, xid, findThenCommit)).toEqual({ is: "there", row: { id } });
      expect(looks).toBe(2);
    });
  });

  it("says so where PostgreSQL has forgotten the transaction, or has never had it", async () => {
    expect(await judge(db, "3", find(randomUUID()))).toEqual({ is: "forgotten" });
    expect(await judge(db, "99999999999", find(randomUUID()))).toEqual({ is: "forgotten" });
  });
});
