import { Refusal } from "#src/platform/refusal.ts";
import type { Tx } from "#src/platform/transact.ts";

/**
 * Uses an invitation up, in the transaction that signs the person up. Of two at once, one gets it.
 * @throws {Refusal} PRECONDITION_FAILED if it was used meanwhile, NOT_FOUND if it was withdrawn
 */
export async function useInvitation(tx: Tx, id: string, userId: string): Promise<void> {
  const used = await tx("invitations")
    .where({ id })
    .whereNull("user_id")
    .update({ user_id: userId });
  if (used === 1) return;
  const isThere = await tx("invitations").where({ id }).first("id");
  throw new Refusal(isThere ? "invitation_used" : "invitation_unknown");
}
