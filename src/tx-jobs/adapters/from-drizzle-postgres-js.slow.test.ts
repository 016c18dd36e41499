import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { describeAdapter } from "../../../test/fixtures/tx-jobs-adapter.ts";
import { fromDrizzle } from "./from-drizzle.ts";

await describeAdapter(
  "Drizzle on postgres.js",
  (url) => {
    const client = postgres(url, { max: 10, onnotice: () => {} });
    const db = drizzle(client);
    type Tx = Parameters<Parameters<typeof db.transaction>[0]>[0];
    return {
      pool: fromDrizzle(db, sql),
      from: (tx: Tx) => fromDrizzle(tx, sql),
      transaction: (work) => db.transaction(work),
      savepoint: (tx: Tx, work) => tx.transaction(work),
      close: () => client.end(),
    };
  },
  null, // postgres.js does not expose that a transaction has ended.
);
