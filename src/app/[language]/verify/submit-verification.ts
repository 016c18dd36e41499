import type { ContinueTo } from "#src/shared/continue-to.ts";
import { linkToken } from "#src/client/link-token.ts";
import { textsOfPage } from "#src/client/texts.ts";
import { toFailure, trpc } from "#src/client/client.ts";

/** The page's state: what the link refers to, perhaps with a password field, or the outcome. */
export type VerifyState =
  | {
      is: "open";
      needsPassword: boolean;
      /** The account of the link; missing if the server did not answer. */
      claim?: { username: string | null; email: string };
      passwordError?: string;
      message?: string;
    }
  | { is: "verified"; already: boolean; continueTo?: ContinueTo | undefined }
  /** `token` is set if a new mail would help. */
  | { is: "dead"; message: string; token?: string };

type Open = Extract<VerifyState, { is: "open" }>;

/** The token in this page's URL; null if it was cut off. */
export const tokenOfPage = () => linkToken("token");

function incomplete(): VerifyState {
  return { is: "dead", message: textsOfPage().verify.incompleteLink };
}

/** Looks up what the link refers to, without changing anything. Never throws. */
export async function inspectPage(): Promise<VerifyState> {
  const token = tokenOfPage();
  if (!token) return incomplete();
  const untold: Open = { is: "open", needsPassword: false };
  try {
    const link = await trpc.inspectLink.mutate({ token });
    if (link.status === "already-verified") {
      return { is: "verified", already: true, continueTo: link.continueTo };
    }
    const { needsPassword, username, email } = link;
    return { is: "open", needsPassword, claim: { username, email } };
  } catch (error) {
    const ended = toEnd(error, token);
    return ended ?? untold; // The button will show the problem.
  }
}

/** Confirms the address of this page's link. Never throws. */
export async function submitVerification(
  before: VerifyState,
  form: FormData,
): Promise<VerifyState> {
  const token = tokenOfPage();
  if (!token || before.is !== "open") return incomplete();
  const { passwordError: _, message: __, ...open } = before;
  const password = form.get("password");
  if (open.needsPassword && !password)
    return { ...open, passwordError: textsOfPage().verify.passwordMissing };
  try {
    const { status, continueTo } = await trpc.verifyEmail.mutate({
      token,
      ...(typeof password === "string" && password ? { password } : {}),
    });
    return { is: "verified", already: status === "already-verified", continueTo };
  } catch (error) {
    const ended = toEnd(error, token);
    if (ended) return ended;
    const { code, message } = toFailure(error);
    if (code !== "UNAUTHORIZED") return { ...open, message };
    // The first time the server only asks for the password, so show no error yet.
    return open.needsPassword
      ? { ...open, passwordError: message }
      : { ...open, needsPassword: true };
  }
}

/** The final state, if this error means that the link cannot confirm anything. */
function toEnd(error: unknown, token: string): VerifyState | undefined {
  const { code, field, fieldErrors, message: words } = toFailure(error);
  const message = fieldErrors.token?.[0] ?? words;
  if (code === "PRECONDITION_FAILED" && field === "token") return { is: "dead", message, token };
  const isDead = code === "NOT_FOUND" || code === "PRECONDITION_FAILED" || field === "token";
  return isDead ? { is: "dead", message } : undefined;
}
