/**
 * How the handling of a job ended:
 * - `done`: all that the job asked for holds
 * - `discarded`: the job must not have any effect, as what it belongs to does not exist
 * - `pending`: it cannot be told yet; the same job again in a moment, or in `wait` milliseconds,
 *   without using up an attempt
 */
export type Outcome =
  | { is: "done"; because: "sent" | "not owed" }
  | { is: "discarded"; because: "ghost" | "gone" | "forgotten" }
  | { is: "pending"; wait?: number };
