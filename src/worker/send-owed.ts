import { isDatabaseUnavailable } from "#src/platform/db.ts";
import { count, observe } from "#src/platform/metrics/measure.ts";
import type { MailContent } from "#src/signup/mail/mail-content.ts";
import { MailRefused, MailServerUnavailable, type Mailer } from "#src/signup/mail/mailer.ts";
import {
  Interrupted,
  NonRetryable,
  Unavailable,
  type Job,
  type Keyed,
  type StatementFor,
} from "#src/tx-jobs/index.ts";

/**
 * Jobs in hand per connection to the mail server. While one of them is being taken or recorded, the
 * other one's mail is on its way.
 */
export const JOBS_PER_CONNECTION = 2;

export interface SendDeps {
  mailer: Mailer;
  /** The right side of the Message-ID. */
  messageIdDomain: string;
  /** Aborted once the process is about to end. */
  closing: AbortSignal;
}

/** A mail that somebody is to get. */
export interface OwedMail {
  /** The id of the row that it belongs to. */
  id: string;
  email: string;
  askedAt: Date;
  content: MailContent;
}

/** Why there is nothing to send; `gone` means that the row was deleted. */
export type NothingOwed = "not owed" | "gone";

/** What became of it. */
export type Sent = "sent" | NothingOwed;

/**
 * Sends a mail, if it is still wanted. If it is sent twice, because the worker died before recording
 * it, both copies are identical.
 * @param readMail returns the mail, or the reason for sending none
 * @param markSent records it by its row's id, and returns the `seconds` since it was requested
 * @throws {NonRetryable} if the server rejects this mail permanently; {Unavailable} if it accepts
 *   none; {Interrupted} if PostgreSQL is unavailable, or the process ends before the mail's
 *   turn; {MailDelayed}
 */
export async function sendOwed(
  { mailer, messageIdDomain, closing }: SendDeps,
  readMail: () => Promise<OwedMail | NothingOwed>,
  markSent: StatementFor,
  job: Job,
): Promise<Sent> {
  let mail: OwedMail | NothingOwed;
  try {
    // Read it in turn: after a long wait it may not be owed any more.
    mail = await mailer.inTurn(async () => {
      if (closing.aborted) throw new Interrupted("the process is about to end");
      const read = await readMail();
      if (typeof read === "string") return read;
      if (job.tookOver) count("enlist_mails_in_doubt_total", "worker lost");
      const identity = { id: read.id, domain: messageIdDomain, date: dateOf(read) };
      await mailer.send(read.email, identity, read.content, job.signal);
      return read;
    }, job.signal);
  } catch (error) {
    throw asOutcome(error);
  }
  if (typeof mail === "string") return mail;
  const rows = await job.recordTogether<Keyed & { seconds: number }>(markSent, mail.id);
  if (rows[0]) observe("enlist_commit_to_mail_seconds", rows[0].seconds);
  return "sent";
}

/** Translates an error for the job queue. */
function asOutcome(error: unknown): unknown {
  const { message } = error as Error;
  if (error instanceof MailRefused) return new NonRetryable(message, { cause: error });
  if (error instanceof MailServerUnavailable) return new Unavailable(message, { cause: error });
  return isDatabaseUnavailable(error) ? new Interrupted(message, { cause: error }) : error;
}

const HOUR = 3_600_000;

/**
 * The mail's date is the time of the request, so that each copy has the same. Filters distrust
 * mails that seem hours old, so an old one gets the last full hour.
 */
function dateOf({ askedAt }: OwedMail): Date {
  const now = Date.now();
  return now - askedAt.getTime() < 3 * HOUR ? askedAt : new Date(now - (now % HOUR));
}
