import { useActionState } from "react";
import { toFailure, trpc } from "#src/client/client.ts";
import { useCountdown } from "./use-countdown.ts";

interface SendAgainProps {
  /** Whether the mail server has refused the last mail. */
  isRefused: boolean;
  /** Milliseconds until another mail may be asked for, as seen at `seenAt`. */
  resendInMs: number;
  seenAt: number;
}

interface SendState {
  message?: string;
  /** The `seenAt` of the status that was shown when the mail was asked for. */
  sentAt?: number;
}

/** Asks for another mail; until one may be asked for, shows how long that is. */
export function SendAgain({ isRefused, resendInMs, seenAt }: SendAgainProps) {
  const [state, send, pending] = useActionState(() => sendAgain(seenAt), {});
  const seconds = useCountdown(resendInMs, seenAt);
  const isOnItsWay = state.sentAt !== undefined && !isRefused;
  const isRefusedAgain = isRefused && state.sentAt !== undefined && state.sentAt !== seenAt;
  const message = isRefusedAgain
    ? "The mail server did not take the new mail either."
    : state.message;
  // Between the answer and the next status the old one still says that a mail may be asked for.
  const mustWait = seconds > 0 || state.sentAt === seenAt;
  return (
    <form action={() => (mustWait || pending ? undefined : send())}>
      {message && (
        <p className="notice" role="alert">
          {message}
        </p>
      )}
      <output className="news">{isOnItsWay && "A new mail is on its way."}</output>
      {/* Not disabled, as it would lose the focus of whoever has just pressed it. */}
      <button type="submit" className="secondary" aria-disabled={pending || mustWait}>
        <span>{pending ? "Asking for a new mail …" : "Send a new mail"}</span>
        {!pending && seconds > 0 && <span className="countdown">{` in ${seconds} s`}</span>}
      </button>
    </form>
  );
}

/** Never throws. */
async function sendAgain(seenAt: number): Promise<SendState> {
  try {
    await trpc.resendVerification.mutate();
    return { sentAt: seenAt };
  } catch (error) {
    return { message: toFailure(error).message };
  }
}
