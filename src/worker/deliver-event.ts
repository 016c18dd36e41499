import type { Knex } from "knex";
import { Webhook } from "standardwebhooks";
import { abortAfter } from "#src/api-client/abort-after.ts";
import { isDatabaseUnavailable } from "#src/platform/db.ts";
import {
  APPLICATION_USER,
  toApplicationUser,
  type ApplicationUser,
} from "#src/signup/application-user.ts";
import type { UserEvent } from "#src/signup/user-events.ts";
import { Interrupted, NonRetryable, RetryLater, type Job } from "#src/tx-jobs/index.ts";

export interface DeliverEventDeps {
  db: Knex;
  /** The application's address for events. */
  url: string;
  /** Each signs; the application may know any of them. */
  secrets: readonly string[];
  /** Milliseconds that the application has to answer. */
  timeoutMs?: number;
}

/** What became of an event; `gone`: its account was deleted before anyone was told of it. */
export type Delivered = "sent" | "gone";

/** Bytes of an answer that are read, so that its connection can be used again. */
const MOST_READ = 64 * 1024;

/** Answers below 500 that a later attempt may change. */
const PASSING = new Set([408, 409, 425, 429]);

/**
 * Sends one event to the application, signed as Standard Webhooks has it. `webhook-id` is the job's id,
 * so copies of an event have the same one.
 * @throws {NonRetryable} if the application refuses it for good; {RetryLater} if it says when to try
 *   again; {Interrupted} if PostgreSQL is unavailable; otherwise an error that names the status, or why
 *   there was no answer
 */
export async function deliverEvent(
  { db, url, secrets, timeoutMs = 15_000 }: DeliverEventDeps,
  { name }: UserEvent,
  { userId }: { userId: string },
  job: Job,
): Promise<Delivered> {
  const data = name === "user.deleted" ? { id: userId } : await readUser(db, userId);
  if (!data) return "gone";
  const now = new Date();
  const timestamp = job.createdAt.toISOString();
  const body = JSON.stringify({ type: name, timestamp, data: { user: data } });
  // Node 20 may free a timeout that only AbortSignal.any holds, and then wait without end.
  const watch = abortAfter(timeoutMs, job.signal);
  const { status, ok, headers } = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "user-agent": "Enlist",
      "webhook-id": job.id,
      "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
      "webhook-signature": secrets
        .map((secret) => new Webhook(secret).sign(job.id, now, body))
        .join(" "),
    },
    body,
    redirect: "manual",
    signal: watch.signal,
  })
    .then(drain)
    .catch((error: unknown) => {
      throw new Error(`the application did not answer: ${reasonOf(error)}`, { cause: error });
    })
    .finally(() => watch.end());
  if (ok) return "sent";
  const message = `the application answered ${status}`;
  if (status >= 400 && status < 500 && !PASSING.has(status)) throw new NonRetryable(message);
  throw new RetryLater(message, retryAfterMs(headers.get("retry-after")));
}

/** What the application is told of an account. */
async function readUser(db: Knex, id: string): Promise<ApplicationUser | undefined> {
  const user = await db("users")
    .where({ id })
    .whereNotNull("email_verified_at")
    .first(...APPLICATION_USER)
    .catch((error: unknown) => {
      if (!isDatabaseUnavailable(error)) throw error;
      throw new Interrupted("PostgreSQL is unavailable", { cause: error });
    });
  return user && toApplicationUser(user);
}

/** Reads an answer to its end or its bound, and keeps nothing of its body. */
async function drain(response: Response): Promise<Response> {
  let read = 0;
  try {
    for await (const chunk of response.body ?? []) if ((read += chunk.length) > MOST_READ) break;
  } catch {
    // Its status has come, and that is all that counts.
  }
  return response;
}

/** Milliseconds that a `Retry-After` names, in seconds or as a date (RFC 9110, 10.2.3); else 0. */
function retryAfterMs(value: string | null): number {
  if (!value) return 0;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Math.max(0, ms || 0);
}

/** Why there was no answer, without the address. */
function reasonOf(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  return name === "TimeoutError" ? "timed out" : (cause?.code ?? name ?? "unknown");
}
