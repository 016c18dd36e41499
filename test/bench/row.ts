import type { ProcessEnv } from "../system/environment.ts";

/** What a row works with, in a process of its own whose environment is `env`. */
export interface Bench {
  /** Where the servers are, with a database and a Redis prefix of the row's own. */
  env: ProcessEnv;
  /** The leashes that hold the servers which all rows share. */
  servers: Record<"PostgreSQL" | "Redis", number>;
  /** How many sign-ups the row `memory` makes. */
  signups: number;
  /** Shows what is going on. */
  say: (text: string) => void;
}

/** Two figures that were measured in turns. */
export interface Line {
  /** Which part of the row it is, where the row has several lines. */
  part?: string;
  unit: string;
  ours: number;
  /** What the other figure is of, and the figure. */
  peer: string;
  theirs: number;
  /** The least and the greatest ratio of a round, where a round has one figure of each. */
  between?: [number, number];
  /** What `ours / theirs` is to be; a line without is only printed. */
  atLeast?: number;
  atMost?: number;
  /** What `ours - theirs` may be at most, where that is the target. */
  atMostMore?: number;
}

/** Measures one row of the table. */
export type Measure = (bench: Bench) => Promise<Line[]>;
