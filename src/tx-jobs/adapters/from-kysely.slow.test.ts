import { CamelCasePlugin, CompiledQuery, Kysely, PostgresDialect, type Transaction } from "kysely";
import pg from "pg";
import { expect, it } from "vitest";
import { describeAdapter } from "../../../test/fixtures/tx-jobs-adapter.ts";
import { fromKysely } from "./from-kysely.ts";

let db!: Kysely<unknown>;

await describeAdapter("Kysely", (url) => {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  db = new Kysely({ dialect: new PostgresDialect({ pool }) });
  return {
    pool: fromKysely(db),
    from: fromKysely,
    transaction: (work) => db.transaction().execute(work),
    async savepoint(tx: Transaction<unknown>, work) {
      await tx.executeQuery(CompiledQuery.raw("savepoint s"));
      try {
        await work(tx);
      } catch (error) {
        await tx.executeQuery(CompiledQuery.raw("rollback to s"));
        throw error;
      }
    },
    close: () => db.destroy(),
  };
});

it("sees that a controlled transaction is over", async () => {
  const committed = await db.startTransaction().execute();
  const savepoint = await committed.savepoint("s").execute();
  expect(fromKysely(savepoint).transaction()).toBe("open");
  await committed.commit().execute();
  expect(fromKysely(committed).transaction()).toBe("over");
  expect(fromKysely(savepoint).transaction()).toBe("over");
  const rolledBack = await db.startTransaction().execute();
  await rolledBack.rollback().execute();
  expect(fromKysely(rolledBack).transaction()).toBe("over");
});

it("bypasses plugins, which might rename keys of a payload", async () => {
  const renaming = db.withPlugin(new CamelCasePlugin());
  const statement = { text: `select '{"user_id": 1}'::jsonb as pay_load`, values: [] };
  expect(await fromKysely(renaming).run(statement)).toEqual([{ pay_load: { user_id: 1 } }]);
});
