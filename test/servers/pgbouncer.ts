import { chownSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findExecutable, PGBOUNCER } from "./find-executable.mjs";
import { databaseUser } from "./folder.ts";
import { freePort } from "./ports.ts";
import { withClient } from "./postgres.ts";
import { start, type Program } from "./start.ts";
import { waitFor } from "./wait-for.ts";

export interface Pooler {
  program: Program;
  port: number;
  /** The URL of the database, by way of the pooler. */
  url: string;
}

export interface PoolerOptions {
  /** The folder for its configuration; made where it is missing. */
  folder: string;
  /** The URL of the database behind it, on loopback. */
  target: string;
  port?: number;
  /** Connections to PostgreSQL, which all clients share. */
  connections: number;
}

/** Whether this machine has a PgBouncer. */
export const hasPooler = findExecutable(PGBOUNCER) !== undefined;

/** Starts this machine's PgBouncer on loopback in transaction mode, as docs/scaling.md tells to. */
export async function startPooler(options: PoolerOptions): Promise<Pooler> {
  const { folder, target, connections } = options;
  const { hostname, port: targetPort, pathname, username } = new URL(target);
  const port = await freePort(options.port);
  const file = join(folder, "pgbouncer.ini");
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    file,
    `[databases]
* = host=${hostname} port=${targetPort} user=${username}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = ${connections}
max_client_conn = 500
ignore_startup_parameters = statement_timeout,idle_in_transaction_session_timeout
`,
  );
  const uid = databaseUser(); // It refuses to be root, as PostgreSQL does.
  if (uid !== undefined) for (const path of [folder, file]) chownSync(path, uid, uid);
  const program = start("PgBouncer", findExecutable(PGBOUNCER)!, [file], {
    uid,
    stopSignal: "SIGINT",
  });
  // Debian's is older than 1.21.
  const url = `postgres://${username}@127.0.0.1:${port}${pathname}?pgbouncer=true`;
  await Promise.race([
    waitFor("PgBouncer to answer", () => withClient(url, (client) => client.query("select 1"))),
    program.ended.then((how) => {
      throw new Error(`PgBouncer ${how}\n${program.lastLines()}`);
    }),
  ]);
  return { program, port, url };
}
