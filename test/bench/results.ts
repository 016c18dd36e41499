import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem, type } from "node:os";
import { join } from "node:path";
import { ROOT } from "../servers/folder.ts";
import { chart } from "./chart.ts";
import type { Line } from "./row.ts";
import { ROW_NAMES, type RowName } from "./rows.ts";
import { table } from "./table.ts";

/** What `npm run bench` found, and where. */
export interface Results {
  machine: string;
  rows: Partial<Record<RowName, Line[]>>;
}

const FILE = join(ROOT, "test", "bench", "results.json");
const PAGE = join(ROOT, "docs", "performance.md");
const CHART = join(ROOT, "docs", "images", "performance.svg");

/** This machine as far as it matters. */
export function describeMachine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const system = `${type()} ${release().replace(/^(\d+\.\d+).*/, "$1")}`;
  return `${cpus().length} cores (${cpu?.model.trim()}), ${memory} GB, ${system}, Node ${process.versions.node}`;
}

/**
 * Puts the rows that were measured into the results kept, and table and chart into the docs. The
 * other rows stay as they were, if it was this machine that they were measured on.
 */
export function write({ machine, rows }: Results): void {
  const kept = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, "utf8")) as Results) : undefined;
  const all = { ...(kept?.machine === machine ? kept.rows : {}), ...rows };
  const ordered: Results["rows"] = Object.fromEntries(
    ROW_NAMES.flatMap((name) => (all[name] ? [[name, all[name]]] : [])),
  );
  writeFileSync(FILE, `${JSON.stringify({ machine, rows: ordered }, null, 2)}\n`);
  writeFileSync(CHART, chart(ordered));
  const page = readFileSync(PAGE, "utf8");
  const inner = `\nOn ${machine}:\n\n${table(ordered)}\n\n`;
  const marked = /(<!-- npm run bench -- --write -->)[\s\S]*(<!-- end -->)/;
  if (!marked.test(page)) throw new Error(`${PAGE} has no place for the table.`);
  writeFileSync(
    PAGE,
    page.replace(marked, (_, begin: string, end: string) => begin + inner + end),
  );
}
