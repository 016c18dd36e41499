import * as z from "zod/mini";
import { codeSchema } from "#src/shared/signup-schema.ts";
import { fieldText } from "#src/client/field-text.ts";
import { toFailure, trpc } from "#src/client/client.ts";

/** What was wrong with the last code, if anything. */
export interface CodeState {
  error?: string;
  message?: string;
  /** The last rejected code. Sending it again would waste an attempt. */
  refused?: string;
}

/** Whether the text is a code, by the server's rule. */
export function isCode(typed: string): boolean {
  return z.safeParse(codeSchema, typed).success;
}

/** Confirms the address with the code from the mail. Never throws. */
export async function submitCode(before: CodeState, form: FormData): Promise<CodeState> {
  const parsed = z.safeParse(codeSchema, form.get("code"));
  if (!parsed.success) return { error: await fieldText(parsed.error.issues[0]!.message) };
  const code = parsed.data;
  if (code === before.refused) return { ...before };
  try {
    await trpc.verifyEmail.mutate({ code });
    return {}; // The page learns of it from its stream.
  } catch (error) {
    const { code: kind, field, fieldErrors, message } = toFailure(error);
    if (field !== "code") return { message };
    const words = fieldErrors.code?.[0] ?? message;
    return kind === "BAD_REQUEST" ? { error: words, refused: code } : { error: words };
  }
}
