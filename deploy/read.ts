import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { parseAllDocuments } from "yaml";
import { ROOT } from "#test/servers/folder.ts";

/** A file of the project's, as text. */
export const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

/** The documents of a YAML file, each as plain data. */
export function readYaml(path: string): unknown[] {
  return parseAllDocuments(read(path), { merge: true, uniqueKeys: true }).map((document) => {
    const problem = document.errors[0] ?? document.warnings[0];
    if (problem) throw new Error(`${path}: ${problem.message}`);
    return document.toJS() as unknown;
  });
}

/** The variables of an env file, some given instead, with each `${NAME}` replaced by its value. */
export function readEnv(path: string, given: Record<string, string>): Record<string, string> {
  const env = { ...parseEnv(read(path)), ...given } as Record<string, string>;
  const fill = (value: string) => value.replaceAll(/\$\{(\w+)\}/g, (_, name) => env[name] ?? "");
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, fill(value)]));
}
