import { setTimeout as sleep } from "node:timers/promises";
import { FAULTS, kindOf, type PlannedFault } from "./plan.ts";
import type { ProxiedSystem } from "./system.ts";

/** A fault that has struck, with its begin and its end in milliseconds since 1970. */
export interface Struck {
  name: string;
  from: number;
  to: number;
  /** What went otherwise than it must. */
  problem?: string;
}

/** Lets every fault of the plan strike at its time, and waits until the last one is mended. */
export async function strikeAll(
  system: ProxiedSystem,
  planned: PlannedFault[],
  onStrike: (name: string, count: number) => void,
): Promise<Struck[]> {
  const began = Date.now();
  const struck: Struck[] = [];
  // A part that takes longer to come back than planned delays what is to befall it next.
  const partIsWell = new Map<string, Promise<void>>();
  for (const { name, at, ms } of planned) {
    await sleep(began + at - Date.now());
    const fault = FAULTS[name]!;
    const strike = async () => {
      const record: Struck = { name, from: Date.now(), to: Infinity };
      onStrike(name, struck.push(record));
      await fault.strike(system, ms).catch((error: unknown) => (record.problem = String(error)));
      record.to = Date.now();
    };
    partIsWell.set(fault.part, (partIsWell.get(fault.part) ?? Promise.resolve()).then(strike));
  }
  await Promise.all(partIsWell.values());
  return struck;
}

/** How often each kind of fault struck. */
export function countKinds(struck: Struck[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { name } of struck) counts[kindOf(name)] = (counts[kindOf(name)] ?? 0) + 1;
  return counts;
}
