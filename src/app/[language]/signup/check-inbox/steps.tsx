import type { SignupStatus } from "#src/shared/signup-status.ts";
import { useTexts } from "#src/app/components/texts.tsx";
import type { PageTexts } from "#src/texts/en/pages.tsx";
import { useCountdown } from "./use-countdown.ts";

type Texts = PageTexts["steps"];

interface StepsProps {
  status: SignupStatus;
  seenAt: number;
}

/** The three steps from the form to the account, and the current one. */
export function Steps({ status, seenAt }: StepsProps) {
  const texts = useTexts().steps;
  const { stage } = status;
  const isSent = stage === "sent" || stage === "verified";
  const mail = isSent ? "done" : stage === "refused" ? "failed" : "now";
  const confirm = stage === "verified" ? "done" : stage === "sent" ? "now" : "later";
  return (
    <ol className="steps">
      <Step state="done">{texts.signedUp}</Step>
      <Step state={mail}>
        {/* Screen readers announce each change, but not the seconds. */}
        <output>{describeMail(status, texts)}</output>
        {stage === "retrying" && <NextTry ms={status.nextInMs ?? 0} since={seenAt} />}
      </Step>
      <Step state={confirm}>{stage === "verified" ? texts.confirmed : texts.youConfirm}</Step>
    </ol>
  );
}

function Step({
  state,
  children,
}: {
  state: "done" | "now" | "later" | "failed";
  children: React.ReactNode;
}) {
  return (
    <li data-state={state} aria-current={state === "now" ? "step" : undefined}>
      <span className="step">{children}</span>
    </li>
  );
}

function NextTry({ ms, since }: { ms: number; since: number }) {
  const { nextTryIn, tryingNow } = useTexts().steps;
  const seconds = useCountdown(ms, since);
  return (
    <span className="hint" aria-hidden="true">
      {seconds > 0 ? nextTryIn(seconds) : tryingNow}
    </span>
  );
}

/** Where the mail is, as a sentence. */
function describeMail({ stage, attempt = 1, attempts }: SignupStatus, texts: Texts): string {
  const again = attempts && attempt > 1 ? attempts : undefined;
  switch (stage) {
    case "queued":
      return texts.queued;
    case "unavailable":
      return texts.unavailable;
    case "sending":
      return again ? texts.sendingAgain(attempt, again) : texts.sending;
    case "retrying":
      return again ? texts.retryingAgain(attempt, again) : texts.retrying;
    case "refused":
      return texts.refused;
    case "sent":
    case "verified":
      return texts.sent;
    default:
      return texts.unknown; // A newer server may send other stages.
  }
}
