// npm run size: the script size of /signup in each language, compared with an empty page of the same Next version.
// It needs the production build, and fails if the page is too heavy.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { nameOfForm } from "#src/shared/form-settings.ts";
import { LANGUAGE_TAGS } from "#src/shared/languages.ts";
import { ROOT } from "#test/servers/folder.ts";
import { buildEmptyApp, EMPTY_APP, weighPage } from "./weigh-page.ts";

/** All forms ship the same script. */
const FORM = nameOfForm({ usernames: "on", fullNames: "required", terms: "link" });

/** Compressed bytes that the page may ship beyond the empty page. */
const ALLOWED = 15_000;

try {
  if (!existsSync(join(ROOT, ".next", "BUILD_ID"))) throw new Error("run npm run build first.");
  buildEmptyApp();
  const empty = weighPage(EMPTY_APP, "index");
  process.stdout.write(`script of an empty page: ${kb(empty)} gzip\n`);
  for (const language of LANGUAGE_TAGS) {
    for (const kind of ["form", "invited"]) {
      const path = `${language}/signup/${kind}/${FORM}`;
      const page = weighPage(ROOT, path);
      const more = page - empty;
      process.stdout.write(`${path}: ${kb(page)}; more: ${kb(more)} of ${kb(ALLOWED)} allowed\n`);
      if (more > ALLOWED) throw new Error(`${path} ships too much script.`);
    }
  }
} catch (error) {
  process.stderr.write(`size: ${(error as Error).message}\n`);
  process.exit(1);
}

function kb(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
