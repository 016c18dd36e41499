/** The meaning of one metric, and all values of its only label. */
interface Definition {
  help: string;
  label?: string;
  values?: readonly string[];
}

/** Buckets in seconds, for work during which a person waits. */
const SHORT = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
/** Buckets in seconds, for mail servers, which may take ten minutes. */
const LONG = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 600];

export const COUNTERS = {
  enlist_signups_total: {
    help: "Sign-ups by outcome; repeated means that the requestId existed already",
    label: "outcome",
    values: [
      "created",
      "repeated",
      "invalid",
      "conflict",
      "limited",
      "queue unavailable",
      "database unavailable",
      "overloaded",
      "not admitted",
      "defect",
    ],
  },
  enlist_defects_total: {
    help: "API calls that failed because of a defect of ours, answered with 500",
    label: "procedure",
    values: [
      "createUser",
      "usernameAvailable",
      "inspectInvitation",
      "handOff",
      "signupStatus",
      "resendVerification",
      "correctEmail",
      "inspectLink",
      "verifyEmail",
      "discardSignup",
    ],
  },
  enlist_jobs_total: {
    help: "Job runs by outcome; refused and failed are final",
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
    help: "Jobs that workers started, by whether a message or the poll brought them",
    label: "by",
    values: ["message", "poll"],
  },
  enlist_record_failures_total: {
    help: "Failed tries to record the end of a job; each is retried until it succeeds",
    label: "behind",
    values: ["an effect", "no effect"],
  },
  enlist_mails_in_doubt_total: {
    help: "Mails sent again although the first try may have succeeded: an upper bound for duplicates",
    label: "cause",
    values: ["answer lost", "worker lost", "record failing"],
  },
} as const satisfies Record<string, Definition>;

export const HISTOGRAMS = {
  enlist_transaction_seconds: {
    help: "Transactions, including the wait for a connection and enqueueing",
    label: "outcome",
    values: ["committed", "rolled back"],
    buckets: SHORT,
  },
  enlist_hash_seconds: {
    help: "Argon2id hash of one password, without queueing",
    label: "outcome",
    values: ["done", "failed"],
    buckets: SHORT,
  },
  enlist_enqueue_seconds: {
    help: "Adding a job to Redis",
    label: "outcome",
    values: ["added", "failed", "owed"],
    buckets: SHORT,
  },
  enlist_send_seconds: {
    help: "Handing one mail to the mail server",
    label: "outcome",
    values: ["accepted", "delayed", "unavailable", "refused"],
    buckets: LONG,
  },
  enlist_commit_to_mail_seconds: {
    help: "From the transaction that requests a mail to the record of its acceptance, by PostgreSQL's clock",
    buckets: [...LONG, 1800, 3600, 7200],
  },
} as const satisfies Record<string, Definition & { buckets: readonly number[] }>;

/** Read from the stores on each scrape. Every process reports the same store values. */
export const GAUGES = {
  enlist_process: { help: "Always 1, labelled with the kind of process", labels: ["process"] },
  enlist_store_up: { help: "Whether the store answers", labels: ["store"] },
  enlist_mails_owed: {
    help: "Mail jobs still to do; at most 100,000",
  },
  enlist_mails_owed_oldest_seconds: {
    help: "How long the oldest of them has waited, including retries",
  },
  enlist_queue_jobs: { help: "Jobs in each queue by their state", labels: ["queue", "state"] },
  enlist_mail_server_up: { help: "0 if workers found the mail server unavailable recently" },
  enlist_worker_healthy: {
    help: "Whether this worker can take jobs from PostgreSQL, and fetch messages from Redis",
    labels: ["part"],
  },
  enlist_mails_counted: {
    help: "Mails counted in this hour against MAILS_PER_HOUR_TOTAL; 0 without it",
  },
  enlist_mails_limit: { help: "MAILS_PER_HOUR_TOTAL; 0 without it" },
  enlist_unrecorded_jobs: {
    help: "Jobs of this worker whose end is not recorded yet; each keeps a slot",
  },
} as const satisfies Record<string, { help: string; labels?: readonly string[] }>;
