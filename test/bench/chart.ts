import type { Line } from "./row.ts";
import type { Results } from "./results.ts";
import { isMet, isRatio, ratioOf } from "./verdict.ts";

const [ROW, LEFT, WIDTH, RIGHT] = [24, 400, 380, 90];

/** The ratios that the chart has room for, on a scale on which twice is as far as half. */
const [LOW, HIGH] = [0.25, 8];

const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328 }
  .bar { fill: #2f6f4f } .bar.missed { fill: #b3541e } .bar.plain { fill: #8c959f } .one { stroke: #8c959f } .target { stroke: #1f2328; stroke-width: 2 }
  .quiet { fill: #59636e }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc } .bar { fill: #4c9f75 } .bar.missed { fill: #d9773b } .target { stroke: #f0f6fc } .quiet { fill: #9198a1 }
  }`;

/** Each ratio as a bar from 1, which is the limit or the peer; the mark is the target, where there is one. */
export function chart(rows: Results["rows"]): string {
  const lines = Object.entries(rows).flatMap(([name, all]) =>
    all.filter(isRatio).map((line) => ({ name, line })),
  );
  const height = (lines.length + 2) * ROW;
  const bars = lines.map(({ name, line }, index) => bar(name, line, (index + 1) * ROW));
  const ticks = [0.25, 0.5, 1, 2, 4, 8].map(
    (ratio) =>
      `<text class="quiet" x="${at(ratio)}" y="${height - 8}" text-anchor="middle">${ratio} ×</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LEFT + WIDTH + RIGHT} ${height}" role="img" aria-label="Ratios of npm run bench and their targets">
<style>${STYLE}
</style>
<line class="one" x1="${at(1)}" x2="${at(1)}" y1="${ROW / 2}" y2="${height - ROW}"/>
${[...bars, ...ticks].join("\n")}
</svg>
`;
}

function bar(name: string, line: Line, y: number): string {
  const { ours, theirs, atLeast, atMost, part, peer } = line;
  const end = at(ours / theirs);
  const target = atLeast ?? atMost;
  const kind = target === undefined ? "bar plain" : isMet(line) ? "bar" : "bar missed";
  const [x, width] = [Math.min(at(1), end), Math.max(1, Math.abs(end - at(1)))];
  return [
    `<text x="${LEFT - 12}" y="${y + 4}" text-anchor="end">${name}: ${part ?? `against ${peer}`}</text>`,
    `<rect class="${kind}" x="${x}" y="${y - 7}" width="${round(width)}" height="14"/>`,
    target === undefined
      ? ""
      : `<line class="target" x1="${at(target)}" x2="${at(target)}" y1="${y - 10}" y2="${y + 10}"/>`,
    `<text x="${LEFT + WIDTH + 12}" y="${y + 4}">${ratioOf(line)}</text>`,
  ].join("");
}

function at(ratio: number): number {
  const inside = Math.min(HIGH, Math.max(LOW, ratio));
  return round(LEFT + (WIDTH * Math.log2(inside / LOW)) / Math.log2(HIGH / LOW));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
