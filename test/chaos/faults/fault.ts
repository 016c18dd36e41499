import { setTimeout as sleep } from "node:timers/promises";
import type { Part } from "../../system/part.ts";
import type { ProxiedSystem } from "../system.ts";

/** One way in which one part fails. */
export interface Fault {
  /** What it befalls, one fault at a time: of two webs, workers or stores one is always well. */
  part: string;
  /** The least and the most milliseconds that it lasts. */
  lasts: readonly [low: number, high: number];
  /** Makes it happen, waits, and mends it. Throws what went otherwise than it must. */
  strike: (system: ProxiedSystem, ms: number) => Promise<void>;
}

/** Faults by their kind and, after a colon, whom they befall. */
export type Faults = Record<string, Fault>;

/** A fault that is made, lasts, and is mended. */
export function lasting(
  part: string,
  lasts: Fault["lasts"],
  make: (system: ProxiedSystem) => unknown,
  mend: (system: ProxiedSystem) => unknown = () => {},
): Fault {
  const strike: Fault["strike"] = async (system, ms) => {
    await make(system);
    await sleep(ms);
    await mend(system);
  };
  return { part, lasts, strike };
}

/** Kills a part as the kernel does, and starts it again after a while. */
export async function kill(part: Part, ms: number): Promise<void> {
  part.program.signal("SIGKILL");
  await part.program.ended;
  await sleep(ms);
  await part.start();
}

/** Stops a part in mid-step, as a machine does that has too much to do, and lets it go on. */
export async function freeze({ program }: Part, ms: number): Promise<void> {
  program.signal("SIGSTOP");
  await sleep(ms);
  program.signal("SIGCONT");
}
