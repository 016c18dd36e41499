import type { Knex } from "knex";
import type { WebEnv } from "#src/platform/env.ts";
import { isRefusal, Refusal } from "#src/platform/refusal.ts";
import type { Secrets } from "#src/platform/signed-id.ts";
import { foldAddress } from "../fold-address.ts";
import { findInvitation, type Invitation } from "./find-invitation.ts";

/** Who may sign up. */
export type Admission = WebEnv["SIGNUPS"];

/**
 * Decides whether someone may sign up.
 * @returns the invitation, if they have one
 * @throws {Refusal} FORBIDDEN if sign-ups are closed or need an invitation, BAD_REQUEST on `email` if
 *   it is for another address, NOT_FOUND and PRECONDITION_FAILED as `findInvitation`
 */
export async function admit(
  deps: { db: Knex; secrets: Secrets; admission: Admission },
  { invitation: token, email }: { invitation?: string | undefined; email: string },
): Promise<Invitation | undefined> {
  if (deps.admission === "closed") throw new Refusal("signups_closed");
  if (token === undefined) {
    if (deps.admission === "invited") throw new Refusal("invitation_required");
    return undefined;
  }
  const invitation = await findInvitation(deps, token);
  if (foldAddress(invitation.email) !== foldAddress(email)) {
    throw new Refusal("invitation_for_another");
  }
  return invitation;
}

/** Whether `admit` refused. An earlier attempt may have been admitted. */
export function isNotAdmitted(error: unknown): boolean {
  return isRefusal(error) && (error.code === "FORBIDDEN" || error.field === "invitation");
}
