import { setTimeout as sleep } from "node:timers/promises";
import type { Knex } from "knex";
import { isDatabaseAway } from "#src/server/db.ts";
import { judge } from "#src/server/jobs/judge.ts";
import { existingAccountMail } from "#src/server/mail/existing-account-mail.tsx";
import type { Mailer } from "#src/server/mail/mailer.ts";
import type { Message } from "#src/server/mail/message.ts";
import { count, observe } from "#src/server/metrics/measure.ts";
import { verificationMail } from "#src/server/mail/verification-mail.tsx";
import { codeFor, signId, type Secrets } from "#src/server/signed-id.ts";
import { withLease } from "./lease.ts";
import type { Outcome } from "./outcome.ts";

export interface SendVerificationDeps {
  db: Knex;
  mailer: Mailer;
  secrets: Secrets;
  appUrl: string;
  /** Hours that the link works, counted from the hand-over to the mail server. */
  verificationTtlHours: number;
  /** The right side of the Message-ID. */
  messageIdDomain: string;
  /** Milliseconds without a sign of life after which another worker may send the mail. */
  leaseMs: number;
}

/** Milliseconds before a mail is looked at again that another worker is just handing over. */
const BUSY_WAIT = 500;

/**
 * Milliseconds before a worker tries again to write down what it has sent. Well below the time after
 * which others look at the job again: where the lease has run out meanwhile, it is a race.
 */
const RECORD_WAIT = 200;

/** A verification and whom it is for, as far as the mail needs it. */
interface OwedMail {
  id: string;
  user_id: string;
  email: string;
  username: string;
  owed: boolean;
  address_taken: boolean;
  /** See {@link withLease}; null where another worker has it. */
  lease: string | null;
  /** Whether an earlier worker's lease has run out: it died or fell silent, perhaps after the hand-over. */
  in_doubt: boolean;
}

/**
 * Sends the mail of one verification, if it is still owed, its sign-up was committed, and no other
 * worker is at it. Sent twice (the worker died before it could write down that it had sent) it has
 * the same Message-ID and the same link.
 * @param xid the transaction that made the verification
 * @throws {MailRefused} or {MailDelayed}
 */
export async function sendVerification(
  deps: SendVerificationDeps,
  xid: string,
  { verificationId }: { verificationId: string },
): Promise<Outcome> {
  const { db, mailer } = deps;
  const verdict = await judge(db, xid, () => take(deps, verificationId));
  if (verdict.is === "pending") return { is: "pending" };
  if (verdict.is !== "there") return { is: "discarded", because: verdict.is };
  const mail = verdict.row;
  if (!mail.owed) return { is: "done", because: "not owed" };
  if (!mail.lease) return { is: "pending", wait: BUSY_WAIT };
  if (mail.in_doubt) count("enlist_mails_in_doubt_total", "worker lost");
  const messageId = `<${mail.id}@${deps.messageIdDomain}>`;
  await withLease(db, { verificationId, until: mail.lease }, deps.leaseMs, async () => {
    await mailer.send(mail.email, messageId, compose(deps, mail));
    await markSent(deps, mail);
  });
  return { is: "done", because: "sent" };
}

/** Reads the mail and, where it is owed and no other worker has it, leases it in the same statement. */
async function take(
  { db, leaseMs }: SendVerificationDeps,
  verificationId: string,
): Promise<OwedMail | undefined> {
  const taking = db.raw<{ rows: OwedMail[] }>(
    `with mail as (
       select v.id, v.user_id, v.email, u.username,
              v.sent_at is null and v.used_at is null and u.email_verified_at is null
                and v.id = u.verification_id as owed,
              v.sending_until is not null as in_doubt,
              exists (select from users o where lower(o.email) = lower(v.email)
                        and o.email_verified_at is not null) as address_taken
       from email_verifications v join users u on u.id = v.user_id
       where v.id = :verificationId
     ), lease as (
       update email_verifications v
       set sending_until = now() + make_interval(secs => :seconds)
       from mail
       where v.id = mail.id and mail.owed and v.sent_at is null
         and (v.sending_until is null or v.sending_until < now())
       returning v.sending_until::text as until
     )
     select mail.*, (select until from lease) as lease from mail`,
    { verificationId, seconds: leaseMs / 1000 },
  );
  // Prepared, once a connection: to plan it takes PostgreSQL longer than to run it.
  const { rows } = await taking.options({ name: "take-mail" });
  return rows[0];
}

function compose(deps: SendVerificationDeps, mail: OwedMail): Message {
  if (mail.address_taken) return existingAccountMail({ appUrl: deps.appUrl });
  return verificationMail({
    username: mail.username,
    link: `${deps.appUrl}/verify?token=${signId(deps.secrets, "verification-link", mail.id)}`,
    code: codeFor(deps.secrets, mail.id),
    ttlHours: deps.verificationTtlHours,
  });
}

/**
 * Writes down that the mail went out, for the outbox and for the link, whose time begins now. The
 * mail cannot be called back, so a database that is away just now is waited for, up to ten minutes.
 */
async function markSent(deps: SendVerificationDeps, mail: OwedMail): Promise<void> {
  for (let patience = 600_000 / RECORD_WAIT; ; patience--) {
    try {
      const marking = deps.db.raw<{ rows: { seconds: number }[] }>(
        `with verification as (
           update email_verifications
           set sent_at = now(), sending_until = null,
               expires_at = now() + make_interval(hours => :hours)
           where id = :id
           returning extract(epoch from now() - created_at)::float8 as seconds
         ), sent as (
           update users set verification_sent_at = now() where id = :userId and verification_id = :id
         )
         select seconds from verification`,
        { id: mail.id, userId: mail.user_id, hours: deps.verificationTtlHours },
      );
      const { rows } = await marking.options({ name: "mark-sent" });
      if (rows[0]) observe("enlist_commit_to_mail_seconds", rows[0].seconds);
      return;
    } catch (error) {
      if (patience === 0 || !isDatabaseAway(error)) throw error;
      await sleep(RECORD_WAIT);
    }
  }
}
