import { useActionState } from "react";
import { languageOfPage } from "#src/client/texts.ts";
import { toFailure, trpc } from "#src/client/client.ts";
import { useTexts } from "#src/app/components/texts.tsx";
import { useCountdown } from "./use-countdown.ts";

interface ResendMailProps {
  /** Whether the mail server rejected the last mail. */
  isRefused: boolean;
  /** Milliseconds until another mail may be requested, as seen at `seenAt`. */
  resendInMs: number;
  seenAt: number;
}

interface ResendState {
  message?: string;
  /** The `seenAt` of the status that was shown when the mail was requested. */
  sentAt?: number;
}

/** Requests another mail, or shows how long to wait for that. */
export function ResendMail({ isRefused, resendInMs, seenAt }: ResendMailProps) {
  const texts = useTexts().checkInbox;
  const [state, send, pending] = useActionState(() => resend(seenAt), {});
  const seconds = useCountdown(resendInMs, seenAt);
  const isOnItsWay = state.sentAt !== undefined && !isRefused;
  const isRefusedAgain = isRefused && state.sentAt !== undefined && state.sentAt !== seenAt;
  const message = isRefusedAgain ? texts.refusedMailAgain : state.message;
  const sendAgain = seconds > 0 ? texts.sendAgainIn(seconds) : texts.sendAgain;
  // Until the next status arrives, the old one still allows another mail.
  const mustWait = seconds > 0 || state.sentAt === seenAt;
  return (
    <form action={() => (mustWait || pending ? undefined : send())}>
      {message && (
        <p className="notice" role="alert">
          {message}
        </p>
      )}
      <output className="news">{isOnItsWay && texts.sentAgain}</output>
      {/* aria-disabled, because disabling a focused button would drop the focus. */}
      <button type="submit" className="secondary" aria-disabled={pending || mustWait}>
        <span className="countdown">{pending ? texts.sendingAgain : sendAgain}</span>
      </button>
    </form>
  );
}

/** Requests the mail. Never throws. */
async function resend(seenAt: number): Promise<ResendState> {
  try {
    await trpc.resendVerification.mutate({ language: languageOfPage() });
    return { sentAt: seenAt };
  } catch (error) {
    return { message: toFailure(error).message };
  }
}
