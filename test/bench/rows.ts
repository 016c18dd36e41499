/** The rows of the table, in its order, each with the file in rows/ that measures it. */
export const ROWS = {
  better_auth: "better-auth",
  signup_http: "signup-http",
  signup_call: "signup-call",
  tx: "tx",
  tx_peers: "tx-peers",
  mail_latency: "mail-latency",
  worker: "worker",
  worker_peers: "worker-peers",
  growth: "growth",
  jobs: "jobs",
  page: "page",
  rating: "rating",
  memory: "memory",
  start: "start",
} as const;

/** The rows whose peers need a newer Node than Enlist; it runs on that one, too. */
export const ON_NEWER_NODE: readonly string[] = ["tx_peers", "worker_peers"];

export type RowName = keyof typeof ROWS;

export const ROW_NAMES = Object.keys(ROWS) as RowName[];
