interface About {
  job: string;
  queue: string;
  id: string;
  /** The attempt under way, from 1 on, and how many there are at most. */
  attempt: number;
  attempts: number;
  /** Milliseconds since the job was taken. */
  ms: number;
}

/** What a worker tells of its work, for logs and metrics. Ids only; errors are the handler's own. */
export type WorkerEvent =
  /** `by`: whether its message came, or the poll found it; `tookOver`: from a worker that was lost. */
  | (About & { type: "taken"; by: "message" | "poll"; tookOver: boolean })
  /** `result`: what the handler returned; not known if a door of its own ended the job after an error. */
  | (About & { type: "done"; result?: unknown })
  | (About & { type: "lease lost" })
  | (About & { type: "retrying"; error: unknown; inMs: number })
  | (About & { type: "failed"; error: unknown })
  | (About & { type: "put back"; reason: "unavailable" | "again"; error: unknown })
  /** An end that could not be written down, and will be tried again. */
  | (About & { type: "record failed"; error: unknown; tries: number; isEffectDone: boolean })
  /** A message without a job to run: there is none, or it is done, taken, or not due. */
  | { type: "dropped"; job: string; queue: string; id: string; reason: string }
  /** A job that this worker has no handler for; once a minute per name. */
  | { type: "unhandled"; job: string; queue: string }
  /** Jobs of this name are not taken until a probe succeeds; or are taken again. */
  | { type: "unavailable" | "available"; job: string; queue: string; error?: unknown }
  /** The table could not be read, or leases not renewed; the next try is due by itself. */
  | { type: "database failed"; task: "poll" | "renew" | "prune" | "look"; error: unknown }
  | { type: "database back" }
  /** Redis is full, and messages were thrown away: the table has the jobs. */
  | { type: "redis full"; queue: string; error: unknown }
  /** `isConnected`: Redis answered, and refused; else its connection says what is wrong. */
  | { type: "redis failed"; queue: string; error: unknown; isConnected: boolean }
  | { type: "pruned"; rows: number };
