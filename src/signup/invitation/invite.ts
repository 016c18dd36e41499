import type { Knex } from "knex";
import { transact } from "#src/platform/transact.ts";
import { uuidV7 } from "#src/platform/uuid-v7.ts";
import type { Language } from "#src/shared/languages.ts";
import { fromKnex, type Jobs } from "#src/tx-jobs/index.ts";
import { foldAddress } from "../fold-address.ts";
import { hasAccount } from "../has-account.ts";
import { inviteJob } from "./invite-job.ts";
import { withdrawInvitations } from "./withdraw-invitations.ts";

export interface InviteDeps {
  db: Knex;
  jobs: Jobs;
  /** Hours until the invitation expires. */
  ttlHours: number;
}

export interface Invited {
  /** In the form of `canonicalAddress`. */
  email: string;
  language: Language;
}

/**
 * Invites the owner of an address: inserts the invitation and the job that mails it, both or
 * neither. It takes the place of an earlier one that nobody has used.
 * @returns its id, or null if the address has an account already
 */
export function invite(
  { db, jobs, ttlHours }: InviteDeps,
  { email, language }: Invited,
): Promise<string | null> {
  return transact(db, async (tx) => {
    // One at a time for each address, so that no two of its invitations are open.
    await tx.raw("select pg_advisory_xact_lock(hashtextextended(?, 0))", [foldAddress(email)]);
    await withdrawInvitations(tx, email);
    if (await hasAccount(tx, email)) return null;
    const id = uuidV7();
    const expires_at = tx.raw("now() + make_interval(hours => ?)", [ttlHours]);
    await tx("invitations").insert({ id, email, language, expires_at });
    await jobs.enqueue(fromKnex(tx), inviteJob, { invitationId: id }, { id });
    return id;
  });
}
