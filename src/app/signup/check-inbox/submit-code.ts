import * as z from "zod/mini";
import { codeSchema } from "#src/shared/signup-schema.ts";
import { toFailure, trpc } from "#src/trpc/client.ts";

/** What was wrong with the last code, if anything. */
export interface CodeState {
  error?: string;
  message?: string;
}

/** Confirms the address by the code from the mail. Never throws. */
export async function submitCode(_: CodeState, form: FormData): Promise<CodeState> {
  const parsed = z.safeParse(codeSchema, form.get("code"));
  if (!parsed.success) return { error: parsed.error.issues[0]!.message };
  try {
    await trpc.verifyEmail.mutate({ code: parsed.data });
    return {}; // The page is told by its stream, as every page of this sign-up is.
  } catch (error) {
    const { field, fieldErrors, message } = toFailure(error);
    if (field === "code") return { error: fieldErrors.code?.[0] ?? message };
    return { message };
  }
}
