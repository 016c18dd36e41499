import { toFailure, trpc } from "#src/client/client.ts";

/** What the page shows: what the link is about, perhaps with a password field, or how it ended. */
export type VerifyState =
  | {
      is: "open";
      needsPassword: boolean;
      /** Whom the link is for; not known where the server did not say. */
      claim?: { username: string; email: string };
      passwordError?: string;
      message?: string;
    }
  | { is: "verified"; already: boolean }
  /** `token` is there where a new mail would help. */
  | { is: "dead"; message: string; token?: string };

type Open = Extract<VerifyState, { is: "open" }>;

/**
 * The token of the link that this page was opened by; null where it was cut off. What mail programs have
 * put around it is the server's to understand; here what leads to it may have suffered too ("verify%3Ftoken%3D…").
 */
export function tokenOfPage(): string | null {
  const { search, pathname } = window.location;
  const query = new URLSearchParams(search || pathname.split(/%3F/i)[1]);
  const whole = [...query].map((pair) => pair.join("=")).join("&");
  return query.get("token") || /token\W*([^&]+)/s.exec(whole)?.[1] || null;
}

const INCOMPLETE: VerifyState = {
  is: "dead",
  message: "The link is incomplete. Please open it from the mail again.",
};

/** Looks what the link is about, which changes nothing. Never throws. */
export async function inspectPage(): Promise<VerifyState> {
  const token = tokenOfPage();
  if (!token) return INCOMPLETE;
  const untold: Open = { is: "open", needsPassword: false };
  try {
    const link = await trpc.inspectLink.mutate({ token });
    if (link.status === "already-verified") return { is: "verified", already: true };
    const { needsPassword, username, email } = link;
    return { is: "open", needsPassword, claim: { username, email } };
  } catch (error) {
    const ended = toEnd(error, token);
    return ended ?? untold; // The button will say what is wrong.
  }
}

/** Confirms the address of the link that this page was opened by. Never throws. */
export async function submitVerification(
  before: VerifyState,
  form: FormData,
): Promise<VerifyState> {
  const token = tokenOfPage();
  if (!token || before.is !== "open") return INCOMPLETE;
  const { passwordError: _, message: __, ...open } = before;
  const password = form.get("password");
  if (open.needsPassword && !password) return { ...open, passwordError: "Enter your password." };
  try {
    const { status } = await trpc.verifyEmail.mutate({
      token,
      ...(typeof password === "string" && password ? { password } : {}),
    });
    return { is: "verified", already: status === "already-verified" };
  } catch (error) {
    const ended = toEnd(error, token);
    if (ended) return ended;
    const { code, message } = toFailure(error);
    if (code !== "UNAUTHORIZED") return { ...open, message };
    // The first time the server only asks for it; there is no error to show yet.
    return open.needsPassword
      ? { ...open, passwordError: message }
      : { ...open, needsPassword: true };
  }
}

/** The state in which nothing can be confirmed by this link, where that is what the error says. */
function toEnd(error: unknown, token: string): VerifyState | undefined {
  const { code, field, fieldErrors, message: words } = toFailure(error);
  const message = fieldErrors.token?.[0] ?? words;
  if (code === "PRECONDITION_FAILED" && field === "token") return { is: "dead", message, token };
  const isDead = code === "NOT_FOUND" || code === "PRECONDITION_FAILED" || field === "token";
  return isDead ? { is: "dead", message } : undefined;
}
