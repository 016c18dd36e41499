/** What one metric means, and the closed list of what its one label can say. */
interface Definition {
  help: string;
  label?: string;
  values?: readonly string[];
}

/** Seconds, for what happens while a person waits. */
const SHORT = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
/** Seconds, for a mail server, which may take its ten minutes. */
const LONG = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 600];

export const COUNTERS = {
  enlist_signups_total: {
    help: "Sign-ups by how they ended; repeated is a requestId that was there already",
    label: "outcome",
    values: [
      "created",
      "repeated",
      "invalid",
      "conflict",
      "limited",
      "queue away",
      "database away",
      "overloaded",
      "defect",
    ],
  },
  enlist_defects_total: {
    help: "Calls of the API that failed through a fault of ours, and were answered with 500",
    label: "procedure",
    values: [
      "createUser",
      "usernameAvailable",
      "signupStatus",
      "resendVerification",
      "correctEmail",
      "inspectLink",
      "verifyEmail",
      "discardSignup",
    ],
  },
  enlist_jobs_total: {
    help: "Jobs by how a worker's look at them ended; refused and failed are for good",
    label: "outcome",
    values: [
      "sent",
      "not owed",
      "gone",
      "retrying",
      "refused",
      "failed",
      "unavailable",
      "again",
      "lease lost",
      "dropped",
    ],
  },
  enlist_jobs_taken_total: {
    help: "Jobs that a worker began: as their message came, or as the poll of the table found them",
    label: "by",
    values: ["message", "poll"],
  },
  enlist_record_failures_total: {
    help: "Tries to write down how a job ended that failed; each is repeated until it succeeds",
    label: "behind",
    values: ["an effect", "no effect"],
  },
  enlist_mails_in_doubt_total: {
    help: "Hand-overs to the mail server that are repeated though they may have succeeded: second copies at most",
    label: "cause",
    values: ["answer lost", "worker lost", "record failing"],
  },
} as const satisfies Record<string, Definition>;

export const HISTOGRAMS = {
  enlist_transaction_seconds: {
    help: "Transactions, with the wait for a connection and with what they enqueue",
    label: "outcome",
    values: ["committed", "rolled back"],
    buckets: SHORT,
  },
  enlist_hash_seconds: {
    help: "Argon2id of one password, without the wait for a turn",
    label: "outcome",
    values: ["done", "failed"],
    buckets: SHORT,
  },
  enlist_enqueue_seconds: {
    help: "Adding a job to Redis",
    label: "outcome",
    values: ["added", "failed"],
    buckets: SHORT,
  },
  enlist_send_seconds: {
    help: "Handing one mail to the mail server",
    label: "outcome",
    values: ["accepted", "delayed", "unavailable", "refused"],
    buckets: LONG,
  },
  enlist_commit_to_mail_seconds: {
    help: "From the transaction that owes a mail to the record that the mail server has it, by PostgreSQL's clock",
    buckets: [...LONG, 1800, 3600, 7200],
  },
} as const satisfies Record<string, Definition & { buckets: readonly number[] }>;

/** What a process reads from the stores when it is asked; the same whichever process says it. */
export const GAUGES = {
  enlist_process: { help: "1, by which kind of process says so", labels: ["process"] },
  enlist_store_up: { help: "Whether the store answered just now", labels: ["store"] },
  enlist_mails_owed: {
    help: "Jobs of mails that are still to be done; 100,000 at most",
  },
  enlist_mails_owed_oldest_seconds: {
    help: "For how long the oldest of them has waited, whatever has been tried",
  },
  enlist_queue_jobs: { help: "Jobs in each queue by their state", labels: ["queue", "state"] },
  enlist_mail_server_up: { help: "0 if workers found the mail server unavailable a moment ago" },
  enlist_worker_healthy: {
    help: "Whether this worker can do its part: take jobs from PostgreSQL, fetch messages from Redis",
    labels: ["part"],
  },
  enlist_mails_counted: {
    help: "Mails counted in this hour against MAILS_PER_HOUR_TOTAL; 0 without it",
  },
  enlist_mails_limit: { help: "MAILS_PER_HOUR_TOTAL; 0 without it" },
  enlist_unrecorded_jobs: {
    help: "Jobs of this worker whose end could not be written down so far; each keeps a slot",
  },
} as const satisfies Record<string, { help: string; labels?: readonly string[] }>;
