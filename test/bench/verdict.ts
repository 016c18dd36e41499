import { figure } from "./measure.ts";
import type { Line } from "./row.ts";

/** How many times theirs ours is. */
export function ratioOf({ ours, theirs }: Pick<Line, "ours" | "theirs">): string {
  return `${(ours / theirs).toFixed(2)} ×`;
}

/** Whether a line's ratio says something; otherwise its difference does. */
export function isRatio({ theirs, atMostMore }: Line): boolean {
  return atMostMore === undefined && theirs !== 0;
}

/** What the line says: the ratio, or the difference if that is what counts. */
export function compare(line: Line): string {
  const { ours, theirs, between, unit } = line;
  if (isRatio(line)) {
    const spread = between ? ` (${between.map((ratio) => ratio.toFixed(2)).join("–")})` : "";
    return ratioOf({ ours, theirs }) + spread;
  }
  const more = ours - theirs;
  return `${more < 0 ? "−" : "+"} ${figure(Math.abs(more))} ${unit}`;
}

/** The target in words; empty where there is none. */
export function describeTarget({ atLeast, atMost, atMostMore, unit }: Line): string {
  if (atLeast !== undefined) return `≥ ${atLeast}`;
  if (atMost !== undefined) return `≤ ${atMost}`;
  return atMostMore === undefined ? "" : `≤ + ${atMostMore} ${unit}`;
}

/** Whether the target is met; undefined where there is none. */
export function isMet({ ours, theirs, atLeast, atMost, atMostMore }: Line): boolean | undefined {
  if (atLeast !== undefined) return ours / theirs >= atLeast;
  if (atMost !== undefined) return ours / theirs <= atMost;
  return atMostMore === undefined ? undefined : ours - theirs <= atMostMore;
}
