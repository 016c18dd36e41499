import { createHash } from "node:crypto";
import { chownSync, existsSync, mkdtempSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { spawnSync } from "node:child_process";

/** The project's root. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/** Next's command. */
export const NEXT = join(ROOT, "node_modules", "next", "dist", "bin", "next");

/**
 * The user that PostgreSQL runs as: it refuses to be root. Undefined means whoever runs this.
 */
export function databaseUser(): number | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    const { status, stdout } = spawnSync("id", ["-u", name], { encoding: "utf8" });
    if (status === 0) return Number(stdout);
  }
  return 65534;
}

/**
 * Makes a temporary folder that PostgreSQL's user may enter. Whoever calls it deletes it.
 * @param name what its own name begins with, before six random characters
 */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  const uid = databaseUser();
  if (uid !== undefined) chownSync(folder, uid, uid);
  return folder;
}

/** Whether another user can get to this folder: each one above it must let everybody pass. */
export function isOpenToAll(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/**
 * Where development keeps its data: `.enlist` in the project, or, where root's database user
 * could not get there (a checkout below /root), a folder of this checkout's below /var/tmp.
 */
export function dataFolder(): string {
  if (databaseUser() === undefined || isOpenToAll(ROOT)) return join(ROOT, ".enlist");
  const checkout = createHash("sha256").update(ROOT).digest("hex").slice(0, 12);
  return join("/var/tmp", `enlist-${checkout}`);
}
