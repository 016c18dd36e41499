import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import type { QueryResultRow } from "pg";
import { afterAll, inject } from "vitest";
import { createJobs } from "#src/tx-jobs/index.ts";
import { createDatabase, withClient } from "#test/servers/postgres.ts";
import { openPool } from "./open-pool.ts";
import { SCHEMA } from "./schema.ts";

/** A bank on this test file's own database, which is dropped afterwards. */
export async function testBank({ redisUrl, prefix }: { redisUrl: string; prefix?: string }) {
  const server = inject("postgresUrl");
  const database = `transfer_${randomUUID().replaceAll("-", "")}`;
  await createDatabase(server, database);
  const url = server.replace(/postgres$/, database);
  const pool = openPool(url, 20);
  for (const statement of SCHEMA) await pool.query(statement);
  const redis = new Redis(redisUrl, { enableOfflineQueue: false, lazyConnect: true });
  redis.on("error", () => {});
  await redis.connect();
  afterAll(async () => {
    redis.disconnect();
    await pool.end();
    await withClient(server, (client) => client.query(`drop database ${database} with (force)`));
  });
  const rows = async <Row extends QueryResultRow>(text: string) =>
    (await pool.query<Row>(text)).rows;
  return {
    url,
    pool,
    redis,
    jobs: createJobs({ redis, prefix }),
    /** Runs one query. Returns its rows. */
    rows,
    /** Counts the rows behind a `from`. */
    count: async (from: string): Promise<number> =>
      (await rows<{ n: number }>(`select count(*)::int as n from ${from}`))[0]!.n,
  };
}
