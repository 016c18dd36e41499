import { setTimeout as sleep } from "node:timers/promises";
import type { Job as BullJob } from "bullmq";
import type { Breakers } from "./breakers.ts";
import type { DatabaseHealth } from "./database-health.ts";
import type { WorkerEvent } from "./events.ts";
import { readMessage, type Message } from "./message.ts";
import type { Ending } from "./run-job.ts";
import type { Slot, Slots } from "./slots.ts";
import { takeByMessage } from "./take-by-message.ts";
import type { Look, TakenJob } from "./take.ts";

export interface LookDeps {
  queue: string;
  /** Asks PostgreSQL for one message's job. */
  lookFor: (message: Message) => Promise<Look>;
  breakers: Breakers;
  health: DatabaseHealth;
  slots: Slots;
  /** Waits until enough others have come, or not at all. */
  gather: () => Promise<void>;
  /** Throws unless the table exists in this version. */
  checkTable: () => Promise<void>;
  handles: (name: string) => boolean;
  isClosing: () => boolean;
  on: (event: WorkerEvent) => void;
  run: (job: TakenJob, slot: Slot, isProbe: boolean) => Promise<Ending>;
  /** Returns a job that was taken but cannot run. */
  putBack: (job: TakenJob) => Promise<void>;
}

/** Milliseconds between two `unhandled` events, per name. */
const UNHANDLED_INTERVAL = 60_000;

/**
 * Makes BullMQ keep the message until the next attempt, and show it as delayed. It has no stack,
 * because BullMQ would store one per attempt.
 */
export class Again extends Error {
  override stack = "";
  constructor(readonly ms: number) {
    super("see the table tx_jobs");
  }
}

/**
 * Creates the function that BullMQ calls with each message. It consumes every message, except that
 * of a failed attempt.
 * @throws {Again} from that function, if the message should return
 */
export function createLook(deps: LookDeps): (bull: BullJob) => Promise<void> {
  const { queue, lookFor, breakers, health, slots, gather, isClosing, on } = deps;
  const slow = new Set<string>();
  const lastUnhandled = new Map<string, number>();
  const unhandled = (job: string) => {
    const now = performance.now();
    if (now - (lastUnhandled.get(job) ?? -Infinity) < UNHANDLED_INTERVAL) return;
    lastUnhandled.set(job, now);
    on({ type: "unhandled", job, queue });
  };

  return async ({ name, data }) => {
    const message = readMessage(data);
    if (!message || isClosing()) return;
    if (!deps.handles(name)) return unhandled(name);
    const drop = (reason: string) =>
      on({ type: "dropped", job: name, queue, id: message.id, reason });
    const mayRun = () => ["closed", "quiet"].includes(breakers.state(name));
    if (!mayRun()) return drop("unavailable");
    let slot = await slots.forMessage();
    await gather();
    // A message that waits for its commit must not block a slot.
    const pause = async (ms: number) => {
      slot();
      await sleep(ms);
      slot = await slots.forMessage();
      return !isClosing();
    };
    const isProbe = breakers.state(name) === "quiet";
    let ending: Ending | undefined;
    try {
      if (isClosing()) return;
      if (!mayRun()) return drop("unavailable");
      if (isProbe) breakers.probing(name);
      const found = await deps
        .checkTable()
        .then(() => takeByMessage(lookFor, message, slow, pause))
        .catch((error: unknown) => {
          health.lookFailed(error);
          return "database failed" as const;
        });
      if (typeof found === "string") return drop(found);
      // Check the row's own name, because a message is not trusted.
      const isWelcome = found.name === name && (isProbe || breakers.state(name) === "closed");
      if (isClosing() || !isWelcome) return await deps.putBack(found);
      slot.runs();
      ending = await deps.run(found, slot, isProbe);
    } finally {
      if (isProbe && !ending) breakers.ended(name, undefined, true);
      slot();
    }
    if (ending.retryInMs !== undefined) throw new Again(ending.retryInMs);
  };
}
