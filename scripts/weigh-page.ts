import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { NEXT } from "#test/servers/folder.ts";
import { ROOT } from "#test/servers/folder.ts";

/** The folder of an app with one empty page. */
export const EMPTY_APP = join(ROOT, "scripts", "empty-page");

/** Builds the empty app for production. @throws with Next's output if that fails */
export function buildEmptyApp(): void {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
  const built = spawnSync(process.execPath, [NEXT, "build", EMPTY_APP], { env, encoding: "utf8" });
  if (built.status === 0) return;
  throw new Error(`the empty page could not be built:\n${built.stdout}${built.stderr}`);
}

/**
 * The compressed bytes of all scripts that a page's HTML names, without those loaded later.
 * @param app the folder of a built app
 * @param name the page's path without the leading slash; `index` for /
 */
export function weighPage(app: string, name: string): number {
  const html = readFileSync(join(app, ".next", "server", "app", `${name}.html`), "utf8");
  // The texts of the page's language are preloaded; they are part of what it needs at once.
  const tags = html.match(/<script[^>]*>|<link[^>]* rel="preload"[^>]*>/g);
  // Modern browsers skip the polyfills.
  const files = (tags ?? [])
    .filter((tag) => !/nomodule/i.test(tag))
    .flatMap((tag) => /(?:src|href)="\/_next\/([^"?]+\.js)/.exec(tag)?.[1] ?? []);
  if (files.length === 0) throw new Error(`no script was found in ${name}.html`);
  const weights = [...new Set(files)].map((file) =>
    gzipSync(readFileSync(join(app, ".next", file)), { level: 9 }),
  );
  return weights.reduce((sum, { length }) => sum + length, 0);
}
