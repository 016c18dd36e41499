import type { SignupStatus } from "#src/shared/signup-status.ts";
import { useCountdown } from "./use-countdown.ts";

interface StepsProps {
  status: SignupStatus;
  seenAt: number;
}

/** The three steps from the form to the account, and the current one. */
export function Steps({ status, seenAt }: StepsProps) {
  const { stage } = status;
  const isSent = stage === "sent" || stage === "verified";
  const mail = isSent ? "done" : stage === "refused" ? "failed" : "now";
  const confirm = stage === "verified" ? "done" : stage === "sent" ? "now" : "later";
  return (
    <ol className="steps">
      <Step state="done">Signed up</Step>
      <Step state={mail}>
        {/* Screen readers announce each change, but not the seconds. */}
        <output>{describeMail(status)}</output>
        {stage === "retrying" && <NextTry ms={status.nextInMs ?? 0} since={seenAt} />}
      </Step>
      <Step state={confirm}>
        {stage === "verified" ? "Address confirmed" : "You confirm your address"}
      </Step>
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
  const seconds = useCountdown(ms, since);
  return (
    <span className="hint" aria-hidden="true">
      {seconds > 0 ? ` Next try in ${inWords(seconds)}.` : " Trying now."}
    </span>
  );
}

function inWords(seconds: number): string {
  return seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}

/** Where the mail is, as a sentence. */
function describeMail({ stage, attempt, attempts }: SignupStatus): string {
  const which = attempt && attempts && attempt > 1 ? ` (attempt ${attempt} of ${attempts})` : "";
  switch (stage) {
    case "queued":
      return "Mail queued";
    case "unavailable":
      return "The mail server is unavailable. Your mail will come as soon as it is back.";
    case "sending":
      return `Mail is being sent${which}`;
    case "retrying":
      return `The mail server did not take the mail yet; we keep trying${which}.`;
    case "refused":
      return "The mail server refused the mail";
    case "sent":
    case "verified":
      return "Mail handed over for delivery";
    default:
      return "Your mail is being taken care of"; // A newer server may send other stages.
  }
}
