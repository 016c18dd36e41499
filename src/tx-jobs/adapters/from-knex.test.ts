import knex from "knex";
import { describeAdapter } from "../../../test/fixtures/tx-jobs-adapter.ts";
import { fromKnex } from "./from-knex.ts";

await describeAdapter("knex", (url) => {
  const db = knex({ client: "pg", connection: url, pool: { min: 0, max: 10 } });
  return {
    pool: fromKnex(db),
    from: fromKnex,
    transaction: (work) => db.transaction(work),
    savepoint: (tx: knex.Knex.Transaction, work) => tx.transaction(work),
    close: () => db.destroy(),
  };
});
