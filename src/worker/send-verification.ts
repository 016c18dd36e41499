import type { Knex } from "knex";
import { existingAccountMail } from "#src/signup/mail/existing-account-mail.tsx";
import type { MailContent } from "#src/signup/mail/mail-content.ts";
import { verificationMail } from "#src/signup/mail/verification-mail.tsx";
import { codeFor, signId, type Secrets } from "#src/platform/signed-id.ts";
import { together, type Handler } from "#src/tx-jobs/index.ts";
import { languageOfMail } from "./language-of-mail.ts";
import { markSent } from "./mark-sent.ts";
import { sendOwed, type NothingOwed, type OwedMail, type SendDeps } from "./send-owed.ts";

export interface SendVerificationDeps extends SendDeps {
  db: Knex;
  secrets: Secrets;
  appUrl: string;
  /** Where people sign in, if the installation says so. */
  signInUrl?: string | undefined;
  /** Hours until the link expires, counted from when the mail server accepted the mail. */
  verificationTtlHours: number;
}

/** The part of a verification and its user that the mail needs. */
interface Row {
  id: string;
  email: string;
  username: string | null;
  language: string;
  created_at: Date;
  owed: boolean;
  address_taken: boolean;
}

/**
 * Creates the handler that sends the mail of one verification, if it is still wanted. Follows
 * {@link sendOwed}.
 */
export function verificationSender(
  deps: SendVerificationDeps,
): Handler<{ verificationId: string }> {
  const rowOf = together((ids: string[]) => readRows(deps.db, ids));
  const sent = markSent("email_verifications", deps.verificationTtlHours);
  return ({ verificationId: id }, job) =>
    sendOwed(deps, async () => toMail(deps, await rowOf(id)), sent, job);
}

/** Reads verifications in one statement, in the order of their ids. */
async function readRows(db: Knex, ids: string[]): Promise<(Row | undefined)[]> {
  const [id] = ids;
  const isAlone = ids.length === 1;
  const reading = db.raw<{ rows: Row[] }>(
    `select v.id, v.email, v.created_at, u.username, u.language,
            v.sent_at is null and v.used_at is null and u.email_verified_at is null
              and v.id = u.verification_id as owed,
            exists (select from users o where lower(o.email) = lower(v.email)
                      and o.email_verified_at is not null) as address_taken
     from email_verifications v join users u on u.id = v.user_id
     where v.id ${isAlone ? "= :id" : "= any (:ids::uuid[])"}`,
    isAlone ? { id: id! } : { ids },
  );
  // One alone is prepared once per connection, because planning takes longer than running it. A plan
  // for any number of them would read whole tables.
  const { rows } = await (isAlone ? reading.options({ name: "read-mail" }) : reading);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((one) => byId.get(one));
}

function toMail(deps: SendVerificationDeps, row: Row | undefined): OwedMail | NothingOwed {
  if (!row) return "gone";
  if (!row.owed) return "not owed";
  return { id: row.id, email: row.email, askedAt: row.created_at, content: compose(deps, row) };
}

function compose(deps: SendVerificationDeps, row: Row): MailContent {
  const language = languageOfMail(row);
  if (row.address_taken)
    return existingAccountMail({
      language,
      appUrl: deps.appUrl,
      signInUrl: deps.signInUrl,
      askedAt: row.created_at,
    });
  return verificationMail({
    language,
    username: row.username,
    link: `${deps.appUrl}/${language}/verify?token=${signId(deps.secrets, "verification-link", row.id)}`,
    code: codeFor(deps.secrets, row.id),
    ttlHours: deps.verificationTtlHours,
    askedAt: row.created_at,
  });
}
