import type { Knex } from "knex";

/** What a sign-up that is sent again may bring anew. */
export interface Newest {
  returnTo?: string | undefined;
  state?: string | undefined;
  acceptedTerms?: string | undefined;
}

/**
 * Keeps with a sign-up that is sent again the way back, if it gives one, because the application knows
 * only the last state that it gave; and the terms, if they are other ones than were accepted before.
 */
export async function keepNewest(db: Knex, userId: string, given: Newest): Promise<void> {
  const { returnTo = null, state = null, acceptedTerms = null } = given;
  if (returnTo !== null || state !== null) {
    await db("users").where({ id: userId }).update({ return_to: returnTo, return_state: state });
  }
  if (acceptedTerms === null) return;
  await db("users")
    .where({ id: userId })
    .whereRaw("terms_version is distinct from ?", [acceptedTerms])
    .update({ terms_version: acceptedTerms, terms_accepted_at: db.fn.now() });
}
