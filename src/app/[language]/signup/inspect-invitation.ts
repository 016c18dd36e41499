import { toFailure, trpc } from "#src/client/client.ts";

/** The invitation in this page's URL; without its address, the server could not be reached. */
export interface Invitation {
  token: string;
  email?: string;
}

/** That, or why it does not work. */
export type FoundInvitation = Invitation | { dead: string };

/** Looks up whom the invitation is for, without changing anything. Never throws. */
export async function inspectInvitation(token: string): Promise<FoundInvitation> {
  try {
    const { email } = await trpc.inspectInvitation.mutate({ token });
    return { token, email };
  } catch (error) {
    const { code, fieldErrors, message } = toFailure(error);
    const isDead = ["BAD_REQUEST", "FORBIDDEN", "NOT_FOUND", "PRECONDITION_FAILED"].includes(code);
    // Otherwise the form asks for the address, and the server will compare it.
    return isDead ? { dead: fieldErrors.token?.[0] ?? message } : { token };
  }
}
