import { foldAddress } from "../fold-address.ts";
import type { Tx } from "#src/platform/transact.ts";

/**
 * Deletes the invitations of an address that nobody has used, with their jobs. Their links no longer
 * work, and a mail that is not sent yet never will be.
 * @param email in the form of `canonicalAddress`
 * @returns how many there were
 */
export async function withdrawInvitations(tx: Tx, email: string): Promise<number> {
  const deleted = await tx("invitations")
    .whereRaw("lower(email) = ? and user_id is null", [foldAddress(email)])
    .delete("id");
  const ids = deleted.map(({ id }: { id: string }) => id);
  if (ids.length > 0) await tx("tx_jobs").whereIn("id", ids).delete();
  return ids.length;
}
