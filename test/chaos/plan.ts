import { applicationFaults } from "./faults/application.ts";
import type { Faults } from "./faults/fault.ts";
import { jobFaults } from "./faults/jobs.ts";
import { lineFaults } from "./faults/lines.ts";
import { mailServerFaults } from "./faults/mail-server.ts";
import { postgresFaults } from "./faults/postgres.ts";
import { processFaults } from "./faults/processes.ts";
import { redisPartFaults } from "./faults/redis-parts.ts";
import { redisFaults } from "./faults/redis.ts";
import { seeded } from "./random.ts";

/** Everything that may go wrong. */
export const FAULTS: Faults = {
  ...processFaults,
  ...lineFaults,
  ...redisFaults,
  ...redisPartFaults,
  ...jobFaults,
  ...postgresFaults,
  ...mailServerFaults,
  ...applicationFaults,
};

/** A fault, and when it strikes. */
export interface PlannedFault {
  /** A key of FAULTS. */
  name: string;
  /** Milliseconds after the campaign's begin. */
  at: number;
  /** Milliseconds that it lasts. */
  ms: number;
}

/** The least and the most milliseconds between two faults. */
const GAP = [200, 1600] as const;

/** Milliseconds that a part gets to come back before something else befalls it. */
const RECOVERY = 1500;

/** A fault's name without whom it befalls. */
export function kindOf(name: string): string {
  return name.split(":", 1)[0]!;
}

/** Every kind of fault. */
export const KINDS = [...new Set(Object.keys(FAULTS).map(kindOf))];

/**
 * Draws up a campaign: the same seed gives the same one. Each kind of fault comes once before any
 * comes twice; several may be under way at once, but never two on one part.
 * @param kinds those that may strike
 */
export function plan(faults: number, seed: number, kinds = KINDS): PlannedFault[] {
  const random = seeded(seed);
  const busyUntil = new Map<string, number>();
  const planned: PlannedFault[] = [];
  let bag: string[] = [];
  for (let at = 0; planned.length < faults; at += random.between(...GAP)) {
    if (bag.length === 0) bag = random.shuffle(kinds);
    const isFree = (name: string) => (busyUntil.get(FAULTS[name]!.part) ?? 0) <= at;
    const free = (kind: string) =>
      Object.keys(FAULTS).filter((name) => kindOf(name) === kind && isFree(name));
    const kind = bag.find((each) => free(each).length > 0);
    if (!kind) continue;
    bag.splice(bag.indexOf(kind), 1);
    const name = random.pick(free(kind));
    const { part, lasts } = FAULTS[name]!;
    const ms = random.between(...lasts);
    busyUntil.set(part, at + ms + RECOVERY);
    planned.push({ name, at, ms });
  }
  return planned;
}
