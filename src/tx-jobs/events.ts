interface About {
  job: string;
  queue: string;
  id: string;
  /** The number of this attempt, from 1, and the maximum. */
  attempt: number;
  attempts: number;
  /** Milliseconds since the job was taken. */
  ms: number;
}

/**
 * Events for logs and metrics. They hold ids only, except for errors, which are the handler's own.
 */
export type WorkerEvent =
  /** `by`: whether a message or the poll brought it. `tookOver`: the previous worker was lost. */
  | (About & { type: "taken"; by: "message" | "poll"; tookOver: boolean })
  /**
   * `result`: the handler's return value; missing if it threw after it had ended the job itself.
   */
  | (About & { type: "done"; result?: unknown })
  | (About & { type: "lease lost" })
  | (About & { type: "retrying"; error: unknown; inMs: number })
  | (About & { type: "failed"; error: unknown })
  | (About & { type: "put back"; reason: "unavailable" | "again"; error: unknown })
  /** The end of a run could not be recorded, and will be retried. */
  | (About & { type: "record failed"; error: unknown; tries: number; isEffectDone: boolean })
  /** A message with no job to run: the row is missing, finished, leased or not due. */
  | { type: "dropped"; job: string; queue: string; id: string; reason: string }
  /** This worker has no handler for the job; at most once per minute and name. */
  | { type: "unhandled"; job: string; queue: string }
  /** Jobs of this name are not taken until a probe succeeds, or are taken again. */
  | { type: "unavailable" | "available"; job: string; queue: string; error?: unknown }
  /** The table could not be read, or leases could not be renewed. It is retried automatically. */
  | { type: "database failed"; task: "poll" | "renew" | "prune" | "look"; error: unknown }
  | { type: "database back" }
  /** Redis is full, so messages were discarded. The table still has the jobs. */
  | { type: "redis full"; queue: string; error: unknown }
  /**
   * `isConnected`: Redis answered with an error. Otherwise the connection reports its own errors.
   */
  | { type: "redis failed"; queue: string; error: unknown; isConnected: boolean }
  | { type: "pruned"; rows: number };
