import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { NEXT } from "#test/servers/folder.ts";
import { ROOT } from "#test/servers/folder.ts";

/** The folder of an app that has one page with nothing on it. */
export const EMPTY_APP = join(ROOT, "scripts", "empty-page");

/** Makes the production build of the empty app. @throws with what Next said where it fails */
export function buildEmptyApp(): void {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
  const built = spawnSync(process.execPath, [NEXT, "build", EMPTY_APP], { env, encoding: "utf8" });
  if (built.status === 0) return;
  throw new Error(`the empty page could not be built:\n${built.stdout}${built.stderr}`);
}

/**
 * The compressed bytes of every script that a page's HTML loads; not of what it may load later.
 * @param app the folder of an app that has been built
 * @param name the page's, without a slash; `index` is the page at /
 */
export function weighPage(app: string, name: string): number {
  const html = readFileSync(join(app, ".next", "server", "app", `${name}.html`), "utf8");
  const tags = html.match(/<script[^>]*>/g) ?? [];
  // Browsers that know modules leave the polyfills alone.
  const files = tags
    .filter((tag) => !/nomodule/i.test(tag))
    .flatMap((tag) => /src="\/_next\/([^"?]+)/.exec(tag)?.[1] ?? []);
  if (files.length === 0) throw new Error(`no script was found in ${name}.html`);
  const weights = files.map((file) =>
    gzipSync(readFileSync(join(app, ".next", file)), { level: 9 }),
  );
  return weights.reduce((sum, { length }) => sum + length, 0);
}
