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
    help: "Attempts at a job by how they ended; ghosts are discarded, refused and failed are for good",
    label: "outcome",
    values: [
      "sent",
      "not owed",
      "ghost",
      "gone",
      "forgotten",
      "put off",
      "retrying",
      "refused",
      "failed",
    ],
  },
  enlist_jobs_restored_total: {
    help: "Jobs that Redis had lost and the reconciler put back",
    label: "job",
    values: ["verify-email"],
  },
  enlist_mails_in_doubt_total: {
    help: "Hand-overs to the mail server that are repeated though they may have succeeded: second copies at most",
    label: "cause",
    values: ["answer lost", "worker lost"],
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
    values: ["accepted", "delayed", "refused"],
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
  enlist_mails_owed: { help: "Mails owed to unverified users, those refused for good included" },
  enlist_mails_owed_oldest_seconds: {
    help: "Age of the oldest mail that is owed and whose job has not failed for good",
  },
  enlist_queue_jobs: { help: "Jobs in each queue by their state", labels: ["queue", "state"] },
} as const satisfies Record<string, { help: string; labels?: readonly string[] }>;
