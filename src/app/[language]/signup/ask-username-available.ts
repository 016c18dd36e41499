import * as z from "zod/mini";
import { usernameSchema } from "#src/shared/signup-fields.ts";
import { trpc } from "#src/client/client.ts";

/** Whether a username is free; null if it is invalid, or the server does not answer. */
export async function askUsernameAvailable(typed: string): Promise<boolean | null> {
  const parsed = z.safeParse(usernameSchema, typed);
  if (!parsed.success) return null;
  const answer = await trpc.usernameAvailable.query({ username: parsed.data }).catch(() => null);
  return answer && answer.available;
}
