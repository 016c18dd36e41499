import { spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "./ports.ts";
import { startPostgres, withClient, type Postgres } from "./postgres.ts";
import { startTcpProxy, type TcpProxy } from "./tcp-proxy.ts";
import { waitFor } from "./wait-for.ts";

/** A PostgreSQL and its hot standby. */
export interface PostgresPair {
  primary: Postgres;
  standby: Postgres;
  /** The line by which the standby follows. */
  replication: TcpProxy;
  /** Makes the standby a primary; what the other one does then is of no concern to it. */
  promote(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL on loopback and a standby that follows it.
 * @param base the data folder of a server that has been stopped: what both begin with
 * @param folder where their own data goes
 * @param synchronous whether the primary reports no commit before the standby has it
 */
export async function startPostgresPair(
  base: string,
  folder: string,
  { synchronous }: { synchronous: boolean },
): Promise<PostgresPair> {
  const folders = { primary: join(folder, "primary"), standby: join(folder, "standby") };
  for (const copy of Object.values(folders)) {
    const { status, stderr } = spawnSync("cp", ["-a", base, copy]); // It keeps its owner.
    if (status !== 0) throw new Error(`the copy failed: ${String(stderr)}`);
  }
  closeSync(openSync(join(folders.standby, "standby.signal"), "w"));

  const port = await freePort();
  const replication = await startTcpProxy(`postgres://127.0.0.1:${port}`);
  const conninfo = `host=127.0.0.1 port=${new URL(replication.url).port} user=enlist`;
  const primary = await startPostgres({ folder: folders.primary, port, settings: ["fsync=off"] });
  const standby = await startPostgres({
    folder: folders.standby,
    settings: ["fsync=off", `primary_conninfo=${conninfo}`, "wal_retrieve_retry_interval=100ms"],
  });
  await waitFor("the standby to follow", async () => {
    const { rowCount } = await query(
      primary,
      "select from pg_stat_replication where state = 'streaming'",
    );
    return rowCount === 1;
  });
  if (synchronous) {
    await query(primary, "alter system set synchronous_standby_names = '*'");
    await query(primary, "select pg_reload_conf()");
    await waitFor("the standby to count", async () => {
      const { rowCount } = await query(
        primary,
        "select from pg_stat_replication where sync_state = 'sync'",
      );
      return rowCount === 1;
    });
  }
  return {
    primary,
    standby,
    replication,
    async promote() {
      await query(standby, "select pg_promote()");
    },
    async stop() {
      await Promise.all([primary.program.stop(), standby.program.stop()]);
      await replication.close();
    },
  };
}

function query(server: Postgres, sql: string) {
  return withClient(server.url("postgres"), (client) => client.query(sql));
}
