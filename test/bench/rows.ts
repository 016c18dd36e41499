/** The rows of the table, in its order, each with the file in rows/ that measures it. */
export const ROWS = {
  better_auth: "better-auth",
  signup_http: "signup-http",
  signup_call: "signup-call",
  tx: "tx",
  tx_peers: "tx-peers",
  mail_latency: "mail-latency",
  worker: "worker",
  growth: "growth",
  jobs: "jobs",
  page: "page",
  rating: "rating",
  memory: "memory",
  start: "start",
} as const;

export type RowName = keyof typeof ROWS;

export const ROW_NAMES = Object.keys(ROWS) as RowName[];
