import { ENTRY } from "./build.ts";

/** `start` runs the production build, `dev` the sources. */
export type Mode = "start" | "dev";

/** How Node runs TypeScript. */
export const NODE_TS = ["--import", "tsx"];

/** The production build runs with this: docs/decisions/0017-a-bound-for-the-heap.md. */
export const HEAP_BOUND = "--max-old-space-size=1000";

/** Node's arguments for a command of the production build. */
export const built = (command: "web" | "worker"): string[] => [HEAP_BOUND, ENTRY, command];

/**
 * Node's arguments for a command of the sources: by tsx, or by the bundle that tests have made of
 * them, which starts in a third of the time.
 */
export function fromSources(command: "worker" | "jobs" | "audit" | "user" | "invite"): string[] {
  const bundle = process.env.ENLIST_BUNDLE;
  return bundle ? [bundle, command] : [...NODE_TS, `src/${command}/main.ts`];
}
