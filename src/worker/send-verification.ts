import type { Knex } from "knex";
import { isDatabaseUnavailable } from "#src/platform/db.ts";
import { existingAccountMail } from "#src/signup/mail/existing-account-mail.tsx";
import { MailRefused, MailServerUnavailable, type Mailer } from "#src/signup/mail/mailer.ts";
import type { MailContent } from "#src/signup/mail/mail-content.ts";
import { count, observe } from "#src/platform/metrics/measure.ts";
import { verificationMail } from "#src/signup/mail/verification-mail.tsx";
import { brand } from "#src/platform/brand.ts";
import { closestLanguage } from "#src/shared/closest-language.ts";
import { codeFor, signId, type Secrets } from "#src/platform/signed-id.ts";
import {
  Interrupted,
  NonRetryable,
  Unavailable,
  type Job,
  type Statement,
} from "#src/tx-jobs/index.ts";

export interface SendVerificationDeps {
  db: Knex;
  mailer: Mailer;
  secrets: Secrets;
  appUrl: string;
  /** Where people sign in, if the installation says so. */
  signInUrl?: string | undefined;
  /** Hours until the link expires, counted from when the mail server accepted the mail. */
  verificationTtlHours: number;
  /** The right side of the Message-ID. */
  messageIdDomain: string;
}

/** The part of a verification and its user that the mail needs. */
interface OwedMail {
  id: string;
  email: string;
  username: string;
  language: string;
  created_at: Date;
  owed: boolean;
  address_taken: boolean;
}

/** The result. `gone` means that the sign-up was discarded or has expired. */
export type Sent = "sent" | "not owed" | "gone";

/**
 * Sends the mail of one verification, if it is still wanted. If it is sent twice, because the
 * worker died before recording it, both copies are identical.
 * @throws {NonRetryable} if the server rejects this mail permanently; {Unavailable} if it accepts
 *   none; {Interrupted} if PostgreSQL is unavailable; {MailDelayed}
 */
export async function sendVerification(
  deps: SendVerificationDeps,
  { verificationId }: { verificationId: string },
  job: Job,
): Promise<Sent> {
  try {
    const mail = await readMail(deps.db, verificationId);
    if (!mail) return "gone";
    if (!mail.owed) return "not owed";
    if (job.tookOver) count("enlist_mails_in_doubt_total", "worker lost");
    const identity = { id: mail.id, domain: deps.messageIdDomain, date: dateOf(mail) };
    await deps.mailer.send(mail.email, identity, compose(deps, mail), job.signal);
  } catch (error) {
    throw asOutcome(error);
  }
  const rows = await job.record<{ seconds: number }>(markSent(deps, verificationId));
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

async function readMail(db: Knex, verificationId: string): Promise<OwedMail | undefined> {
  const reading = db.raw<{ rows: OwedMail[] }>(
    `select v.id, v.email, v.created_at, u.username, u.language,
            v.sent_at is null and v.used_at is null and u.email_verified_at is null
              and v.id = u.verification_id as owed,
            exists (select from users o where lower(o.email) = lower(v.email)
                      and o.email_verified_at is not null) as address_taken
     from email_verifications v join users u on u.id = v.user_id
     where v.id = :verificationId`,
    { verificationId },
  );
  // Prepared once per connection, because planning takes longer than running it.
  const { rows } = await reading.options({ name: "read-mail" });
  return rows[0];
}

function compose(deps: SendVerificationDeps, mail: OwedMail): MailContent {
  // A row may name a language that is no longer offered.
  const language = closestLanguage([mail.language]) ?? brand.defaultLanguage;
  if (mail.address_taken)
    return existingAccountMail({
      language,
      appUrl: deps.appUrl,
      signInUrl: deps.signInUrl,
      askedAt: mail.created_at,
    });
  return verificationMail({
    language,
    username: mail.username,
    link: `${deps.appUrl}/${language}/verify?token=${signId(deps.secrets, "verification-link", mail.id)}`,
    code: codeFor(deps.secrets, mail.id),
    ttlHours: deps.verificationTtlHours,
    askedAt: mail.created_at,
  });
}

const HOUR = 3_600_000;

/**
 * The mail's date is the time of the request, so that each copy has the same. Filters distrust
 * mails that seem hours old, so an old one gets the last full hour.
 */
function dateOf({ created_at }: OwedMail): Date {
  const now = Date.now();
  return now - created_at.getTime() < 3 * HOUR ? created_at : new Date(now - (now % HOUR));
}

/** Records that the mail went out. The link's lifetime starts now. */
function markSent({ verificationTtlHours }: SendVerificationDeps, id: string): Statement {
  return {
    name: "mark-sent",
    text: `update email_verifications
      set sent_at = coalesce(sent_at, now()),
          expires_at = coalesce(sent_at, now()) + make_interval(hours => $2::int)
      where id = $1::uuid
      returning extract(epoch from now() - created_at)::float8 as seconds`,
    values: [id, verificationTtlHours],
  };
}
