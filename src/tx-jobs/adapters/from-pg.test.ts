import pg from "pg";
import { expect, it } from "vitest";
import { describeAdapter } from "../../../test/fixtures/tx-jobs-adapter.ts";
import { fromPg } from "./from-pg.ts";

const { on } = await describeAdapter("pg", (url) => {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  return {
    pool: fromPg(pool),
    from: (client: pg.PoolClient) => fromPg(client),
    async transaction(work) {
      const client = await pool.connect();
      try {
        return await within(client, "begin", "commit", "rollback", work);
      } finally {
        client.release();
      }
    },
    savepoint: (client: pg.PoolClient, work) =>
      within(client, "savepoint s", "release s", "rollback to s", work),
    close: () => pool.end(),
  };
});

it("reports the state of a client without a pool, connected or not", async () => {
  const client = new pg.Client({ connectionString: on.url });
  const connection = fromPg(client);
  expect(connection.transaction()).toBe("over");
  await client.connect();
  expect(connection.transaction()).toBe("over");
  await client.query("begin");
  expect(connection.transaction()).toBe("open");
  await client.query("rollback");
  expect(connection.transaction()).toBe("over");
  await client.end();
});

it("prepares no statements if told so", async () => {
  const client = new pg.Client({ connectionString: on.url });
  await client.connect();
  const prepared = async (options?: { prepare: boolean }) => {
    await fromPg(client, options).run({ text: "select 1", values: [], name: "one" });
    const { rows } = await client.query("select name from pg_prepared_statements");
    return rows;
  };
  expect(await prepared({ prepare: false })).toEqual([]);
  expect(await prepared()).toEqual([{ name: "one" }]);
  await client.end();
});

async function within<T>(
  client: pg.PoolClient,
  begin: string,
  commit: string,
  rollback: string,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  await client.query(begin);
  try {
    const result = await work(client);
    await client.query(commit);
    return result;
  } catch (error) {
    await client.query(rollback);
    throw error;
  }
}
