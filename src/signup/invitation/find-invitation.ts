import type { Knex } from "knex";
import { Refusal } from "#src/platform/refusal.ts";
import type { Secrets } from "#src/platform/signed-id.ts";
import { readLink } from "../read-link.ts";

/** An invitation that can be used. */
export interface Invitation {
  id: string;
  email: string;
}

/**
 * The invitation whose link carries this token, even if a mail program altered it.
 * @throws {Refusal} NOT_FOUND, or PRECONDITION_FAILED if it has been used or has expired
 */
export async function findInvitation(
  { db, secrets }: { db: Knex; secrets: Secrets },
  token: string,
): Promise<Invitation> {
  const id = readLink(secrets, "invitation-link", token);
  const row =
    id &&
    (await db("invitations")
      .where({ id })
      .first("email", "user_id", db.raw("expires_at <= now() as expired")));
  if (!row) throw new Refusal("invitation_unknown");
  if (row.user_id) throw new Refusal("invitation_used");
  if (row.expired) throw new Refusal("invitation_expired");
  return { id, email: row.email };
}
