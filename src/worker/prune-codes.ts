import type { Knex } from "knex";

/** Deletes the codes that nobody has swapped in time. Returns how many. */
export async function pruneCodes(db: Knex): Promise<number> {
  return db("handoff_codes").where("expires_at", "<", db.fn.now()).delete();
}
