import type { Knex } from "knex";
import { Refusal } from "#src/platform/refusal.ts";
import type { Secrets } from "#src/platform/signed-id.ts";
import { hasAccount } from "../has-account.ts";
import type { Admission } from "./admit.ts";
import { findInvitation } from "./find-invitation.ts";

/**
 * The address that an invitation is for, so that its page can show it. It changes nothing, so that
 * mail scanners may open links.
 * @throws {Refusal} FORBIDDEN if sign-ups are closed, NOT_FOUND, PRECONDITION_FAILED as
 *   `findInvitation` or if the address has an account by now
 */
export async function inspectInvitation(
  deps: { db: Knex; secrets: Secrets; admission: Admission },
  token: string,
): Promise<{ email: string }> {
  if (deps.admission === "closed") throw new Refusal("signups_closed");
  const { email } = await findInvitation(deps, token);
  if (await hasAccount(deps.db, email)) throw new Refusal("address_verified_elsewhere");
  return { email };
}
