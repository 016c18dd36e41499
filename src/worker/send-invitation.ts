import type { Knex } from "knex";
import { invitationMail } from "#src/signup/mail/invitation-mail.tsx";
import { signId, type Secrets } from "#src/platform/signed-id.ts";
import type { Handler } from "#src/tx-jobs/index.ts";
import { languageOfMail } from "./language-of-mail.ts";
import { markSent } from "./mark-sent.ts";
import { sendOwed, type NothingOwed, type OwedMail, type SendDeps } from "./send-owed.ts";

export interface SendInvitationDeps extends SendDeps {
  db: Knex;
  secrets: Secrets;
  appUrl: string;
  /** Hours until the invitation expires, counted from when the mail server accepted the mail. */
  invitationTtlHours: number;
}

/** The part of an invitation that the mail needs. */
interface Row {
  email: string;
  language: string;
  created_at: Date;
  owed: boolean;
}

/**
 * Creates the handler that sends the mail of one invitation, unless it was withdrawn or used, or the
 * address has an account by now. Follows {@link sendOwed}.
 */
export function invitationSender(deps: SendInvitationDeps): Handler<{ invitationId: string }> {
  const sent = markSent("invitations", deps.invitationTtlHours);
  return ({ invitationId }, job) => sendOwed(deps, () => readMail(deps, invitationId), sent, job);
}

async function readMail(
  { db, secrets, appUrl, invitationTtlHours: ttlHours }: SendInvitationDeps,
  id: string,
): Promise<OwedMail | NothingOwed> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `select email, language, created_at,
            sent_at is null and user_id is null
              and not exists (select from users u where lower(u.email) = lower(i.email)
                                and u.email_verified_at is not null) as owed
     from invitations i where id = :id`,
    { id },
  );
  const row = rows[0];
  if (!row) return "gone";
  if (!row.owed) return "not owed";
  const language = languageOfMail(row);
  const token = signId(secrets, "invitation-link", id);
  const link = `${appUrl}/${language}/signup?invitation=${token}`;
  const content = invitationMail({ language, link, ttlHours, askedAt: row.created_at });
  return { id, email: row.email, askedAt: row.created_at, content };
}
