// npm run size: what /signup ships as script, against an empty page of the same Next version.
// It follows the production build, which must be there, and fails where the page has grown too heavy.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { NEXT } from "./services/enlist.ts";
import { ROOT } from "./services/folder.ts";

/** Bytes, compressed, that the page may ship beyond what any page must. */
const ALLOWED = 15_000;

const EMPTY = join(ROOT, "scripts", "empty-page");

const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
const built = spawnSync(process.execPath, [NEXT, "build", EMPTY], { env, encoding: "utf8" });
if (built.status !== 0) fail(`the empty page could not be built:\n${built.stdout}${built.stderr}`);

const page = weigh(join(ROOT, ".next"), "signup");
const empty = weigh(join(EMPTY, ".next"), "index");
const more = page - empty;
process.stdout.write(
  `script of /signup: ${kb(page)} gzip; of an empty page: ${kb(empty)}; more: ${kb(more)} of ${kb(ALLOWED)} allowed\n`,
);
if (more > ALLOWED) fail("/signup ships too much script.");

/** The compressed bytes of every script that a page's HTML loads; not of what it may load later. */
function weigh(folder: string, name: string): number {
  const html = readFileSync(join(folder, "server", "app", `${name}.html`), "utf8");
  const tags = html.match(/<script[^>]*>/g) ?? [];
  // Browsers that know modules leave the polyfills alone.
  const files = tags
    .filter((tag) => !/nomodule/i.test(tag))
    .flatMap((tag) => /src="\/_next\/([^"?]+)/.exec(tag)?.[1] ?? []);
  if (files.length === 0) fail(`no script was found in ${name}.html`);
  return files.reduce(
    (sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length,
    0,
  );
}

function kb(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

function fail(message: string): never {
  process.stderr.write(`size: ${message}\n`);
  process.exit(1);
}
