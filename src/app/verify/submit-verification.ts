import { toFailure, trpc } from "#src/trpc/client.ts";

/** What the page shows: the button, perhaps with a password field, or how it ended. */
export type VerifyState =
  | { is: "open"; needsPassword: boolean; passwordError?: string; message?: string }
  | { is: "verified"; already: boolean }
  /** `token` is there where a new mail would help. */
  | { is: "dead"; message: string; token?: string };

/** The token of the link that this page was opened by; null where it was cut off. */
export function tokenOfPage(): string | null {
  return new URLSearchParams(window.location.search).get("token");
}

/** Confirms the address of the link that this page was opened by. Never throws. */
export async function submitVerification(
  before: VerifyState,
  form: FormData,
): Promise<VerifyState> {
  const token = tokenOfPage();
  if (!token)
    return { is: "dead", message: "The link is incomplete. Please open it from the mail again." };
  const needsPassword = before.is === "open" && before.needsPassword;
  const password = form.get("password");
  if (needsPassword && !password) {
    return { is: "open", needsPassword, passwordError: "Enter your password." };
  }
  try {
    const { status } = await trpc.verifyEmail.mutate({
      token,
      ...(typeof password === "string" && password ? { password } : {}),
    });
    return { is: "verified", already: status === "already-verified" };
  } catch (error) {
    const { code, field, fieldErrors, message: words } = toFailure(error);
    const message = fieldErrors.token?.[0] ?? words;
    if (code === "UNAUTHORIZED") {
      // The first time the server only asks for it; there is no error to show yet.
      return needsPassword
        ? { is: "open", needsPassword, passwordError: message }
        : { is: "open", needsPassword: true };
    }
    if (code === "PRECONDITION_FAILED" && field === "token") return { is: "dead", message, token };
    if (code === "NOT_FOUND" || code === "PRECONDITION_FAILED" || field === "token") {
      return { is: "dead", message };
    }
    return { is: "open", needsPassword, message };
  }
}
