// npm run size: the script size of /signup, compared with an empty page of the same Next version.
// It needs the production build, and fails if the page is too heavy.
import { ROOT } from "#test/servers/folder.ts";
import { buildEmptyApp, EMPTY_APP, weighPage } from "./weigh-page.ts";

/** Compressed bytes that the page may ship beyond the empty page. */
const ALLOWED = 15_000;

try {
  buildEmptyApp();
  const page = weighPage(ROOT, "signup");
  const empty = weighPage(EMPTY_APP, "index");
  const more = page - empty;
  process.stdout.write(
    `script of /signup: ${kb(page)} gzip; of an empty page: ${kb(empty)}; more: ${kb(more)} of ${kb(ALLOWED)} allowed\n`,
  );
  if (more > ALLOWED) throw new Error("/signup ships too much script.");
} catch (error) {
  process.stderr.write(`size: ${(error as Error).message}\n`);
  process.exit(1);
}

function kb(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
