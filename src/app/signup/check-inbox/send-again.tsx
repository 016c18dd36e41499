import { useActionState } from "react";
import { toFailure, trpc } from "#src/trpc/client.ts";
import { useCountdown } from "./use-countdown.ts";

interface SendAgainProps {
  /** Milliseconds until another mail may be asked for, as seen at `seenAt`. */
  resendInMs: number;
  seenAt: number;
}

/** Asks for another mail; until one may be asked for, shows how long that is. */
export function SendAgain({ resendInMs, seenAt }: SendAgainProps) {
  const [message, send, pending] = useActionState(sendAgain, "");
  const seconds = useCountdown(resendInMs, seenAt);
  return (
    <form action={send}>
      {message && (
        <p className="notice" role="alert">
          {message}
        </p>
      )}
      <button type="submit" className="secondary" disabled={pending || seconds > 0}>
        {pending ? "Asking for a new mail …" : "Send a new mail"}
        {!pending && seconds > 0 && <span className="countdown"> in {seconds} s</span>}
      </button>
    </form>
  );
}

/** Returns why it did not work; nothing where it did, as the page's stream then shows the new mail. */
async function sendAgain(): Promise<string> {
  try {
    await trpc.resendVerification.mutate();
    return "";
  } catch (error) {
    return toFailure(error).message;
  }
}
