import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { describeAdapter } from "../../../test/fixtures/tx-jobs-adapter.ts";
import { fromDrizzle } from "./from-drizzle.ts";

await describeAdapter("Drizzle on pg", (url) => {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  const db = drizzle(pool);
  type Tx = Parameters<Parameters<typeof db.transaction>[0]>[0];
  return {
    pool: fromDrizzle(db, sql),
    from: (tx: Tx) => fromDrizzle(tx, sql),
    transaction: (work) => db.transaction(work),
    savepoint: (tx: Tx, work) => tx.transaction(work),
    close: () => pool.end(),
  };
});
