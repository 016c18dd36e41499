import { spawnSync } from "node:child_process";
import { ROOT } from "../servers/folder.ts";
import { NODE_TS } from "./command.ts";

/** Brings a database to the newest schema, or back to none. Returns what the migrations said. */
export function migrate(databaseUrl: string, direction: "latest" | "rollback" = "latest"): string {
  const all = direction === "rollback" ? ["--all"] : [];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...NODE_TS, "node_modules/knex/bin/cli.js", `migrate:${direction}`, ...all],
    { cwd: ROOT, encoding: "utf8", env: { ...process.env, DATABASE_URL: databaseUrl } },
  );
  if (status !== 0) throw new Error(`the migrations failed:\n${stdout}${stderr}`);
  return stdout.trim();
}
