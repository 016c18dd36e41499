import { figure } from "./measure.ts";
import type { Line } from "./row.ts";
import type { Results } from "./results.ts";
import { compare, describeTarget, isMet } from "./verdict.ts";

const HEADER = ["row", "ours", "against", "", "ratio", "target", ""];

/** The results as a Markdown table, which a terminal shows well enough. */
export function table(rows: Results["rows"]): string {
  const cells = Object.entries(rows).flatMap(([name, lines]) =>
    lines.map((line) => [label(name, line), ...describe(line)]),
  );
  const all = [HEADER, ...cells];
  const widths = HEADER.map((_, column) => Math.max(3, ...all.map((row) => row[column]!.length)));
  const show = (row: string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  const rule = `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`;
  return [show(HEADER), rule, ...cells.map(show)].join("\n");
}

function label(name: string, { part }: Line): string {
  return part ? `\`${name}\`: ${part}` : `\`${name}\``;
}

function describe(line: Line): string[] {
  const { ours, theirs, unit, peer } = line;
  const met = isMet(line);
  const verdict = met === undefined ? "" : met ? "met" : "**missed**";
  const value = (number: number) => `${figure(number)}${unit.startsWith("/") ? "" : " "}${unit}`;
  return [value(ours), peer, value(theirs), compare(line), describeTarget(line), verdict];
}
