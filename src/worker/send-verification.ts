import { setTimeout as sleep } from "node:timers/promises";
import type { Knex } from "knex";
import { isDatabaseAway } from "#src/server/db.ts";
import { judge } from "#src/server/jobs/judge.ts";
import { existingAccountMail } from "#src/server/mail/existing-account-mail.tsx";
import type { Mailer } from "#src/server/mail/mailer.ts";
import type { Message } from "#src/server/mail/message.ts";
import { verificationMail } from "#src/server/mail/verification-mail.tsx";
import { signId } from "#src/server/signed-id.ts";
import type { Outcome } from "./outcome.ts";

export interface SendVerificationDeps {
  db: Knex;
  mailer: Mailer;
  secret: string;
  appUrl: string;
  /** Hours that the link works, counted from the hand-over to the mail server. */
  verificationTtlHours: number;
  /** The right side of the Message-ID. */
  messageIdDomain: string;
}

/** A verification and whom it is for, as far as the mail needs it. */
interface OwedMail {
  id: string;
  user_id: string;
  email: string;
  username: string;
  owed: boolean;
  address_taken: boolean;
}

/**
 * Sends the mail of one verification, if it is still owed and its sign-up was committed. Sent
 * twice (the worker died before it could write down that it had sent) it has the same Message-ID
 * and the same link.
 * @param xid the transaction that made the verification
 * @throws {MailRefused} or {MailDelayed}
 */
export async function sendVerification(
  deps: SendVerificationDeps,
  xid: string,
  { verificationId }: { verificationId: string },
): Promise<Outcome> {
  const { db, mailer } = deps;
  const verdict = await judge(db, xid, () => find(db, verificationId));
  if (verdict.is === "pending") return { is: "pending" };
  if (verdict.is !== "there") return { is: "discarded", because: verdict.is };
  const mail = verdict.row;
  if (!mail.owed) return { is: "done", because: "not owed" };
  await mailer.send(mail.email, `<${mail.id}@${deps.messageIdDomain}>`, compose(deps, mail));
  await markSent(deps, mail);
  return { is: "done", because: "sent" };
}

async function find(db: Knex, verificationId: string): Promise<OwedMail | undefined> {
  const { rows } = await db.raw<{ rows: OwedMail[] }>(
    `select v.id, v.user_id, v.email, u.username,
            v.sent_at is null and v.used_at is null and u.email_verified_at is null
              and v.email = u.email as owed,
            exists (select from users o where lower(o.email) = lower(v.email)
                      and o.email_verified_at is not null) as address_taken
     from email_verifications v join users u on u.id = v.user_id
     where v.id = ?`,
    [verificationId],
  );
  return rows[0];
}

function compose(deps: SendVerificationDeps, mail: OwedMail): Message {
  if (mail.address_taken) return existingAccountMail({ appUrl: deps.appUrl });
  return verificationMail({
    username: mail.username,
    link: `${deps.appUrl}/verify?token=${signId(deps.secret, "verification-link", mail.id)}`,
    ttlHours: deps.verificationTtlHours,
  });
}

/**
 * Writes down that the mail went out, for the outbox and for the link, whose time begins now. The
 * mail cannot be called back, so a database that is away just now is waited for, up to ten minutes.
 */
async function markSent(deps: SendVerificationDeps, mail: OwedMail): Promise<void> {
  for (let patience = 600; ; patience--) {
    try {
      await deps.db.raw(
        `with verification as (
           update email_verifications
           set sent_at = now(), expires_at = now() + make_interval(hours => :hours)
           where id = :id
         )
         update users set verification_sent_at = now() where id = :userId`,
        { id: mail.id, userId: mail.user_id, hours: deps.verificationTtlHours },
      );
      return;
    } catch (error) {
      if (patience === 0 || !isDatabaseAway(error)) throw error;
      await sleep(1000);
    }
  }
}
