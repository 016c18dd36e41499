import type { Witness } from "#src/tx-jobs/index.ts";

/**
 * Identifies the transaction that inserted a verification.
 * @param xid its `pg_current_xact_id()`
 */
export function verificationWitness(xid: string, verificationId: string): Witness {
  return {
    xid,
    async find(db) {
      const [row] = await db.run({
        text: "select id from email_verifications where id = $1::uuid",
        values: [verificationId],
      });
      return row;
    },
  };
}
