"use client";

import type { SignupStatus } from "#src/shared/signup-status.ts";
import { Skeleton } from "../../skeleton.tsx";
import { Title } from "../../title.tsx";
import { CodeForm } from "./code-form.tsx";
import { CorrectAddress } from "./correct-address.tsx";
import { SendAgain } from "./send-again.tsx";
import { Steps } from "./steps.tsx";
import { useSignupStatus } from "./use-signup-status.ts";

/** What follows a sign-up: where the mail is, live, and what to do meanwhile. */
export function CheckInbox() {
  const [watched, isConnected] = useSignupStatus();
  const title = titleOf(watched.is === "there" ? watched.status.stage : watched.is);
  return (
    <>
      <Title>{title}</Title>
      <output className="news">
        {!isConnected &&
          watched.is !== "gone" &&
          "The connection is lost. What you see may be old; trying to reach the server again …"}
      </output>
      {watched.is === "loading" && <Skeleton lines={4} />}
      {watched.is === "there" &&
        (watched.status.stage === "verified" ? (
          <Verified {...watched} />
        ) : (
          <Waiting {...watched} />
        ))}
      {watched.is === "gone" && <Gone code={watched.code} />}
    </>
  );
}

function titleOf(stage: SignupStatus["stage"] | "loading" | "gone"): string {
  if (stage === "verified") return "You are verified";
  if (stage === "refused") return "We could not mail you";
  return stage === "gone" ? "No sign-up here" : "Check your inbox";
}

interface Seen {
  status: SignupStatus;
  seenAt: number;
}

function Verified({ status, seenAt }: Seen) {
  return (
    <>
      <Steps status={status} seenAt={seenAt} />
      <p>
        <strong className="address">{status.email}</strong> is confirmed, and your account{" "}
        <strong className="address">{status.username}</strong> is ready. You can close this page.
      </p>
    </>
  );
}

function Waiting({ status, seenAt }: Seen) {
  const { stage, email, username, resendInMs } = status;
  return (
    <>
      {/* An earlier attempt of this form had gone through, with other details than the last. */}
      {window.location.search === "?earlier" && (
        <p className="notice">
          An earlier attempt of yours had already gone through, with the details below. What you
          changed afterwards was not saved.
        </p>
      )}
      <p>
        You signed up as <strong className="address">{username}</strong>. The mail goes to{" "}
        <strong className="address">{email}</strong>.
      </p>
      <Steps status={status} seenAt={seenAt} />
      {stage === "refused" ? (
        <p>
          The mail server does not take mails to this address, or took none for over an hour. Please
          look whether the address is right.
        </p>
      ) : (
        <>
          <p>
            When the mail is there, open its link: in this browser one click is enough. Or type its
            code here:
          </p>
          <CodeForm />
        </>
      )}
      <section className="aside" aria-labelledby="no-mail">
        <h2 id="no-mail">{stage === "refused" ? "What you can do" : "No mail?"}</h2>
        {stage !== "refused" && (
          <p className="hint">
            It can take a minute or two. Look into the spam folder as well, and whether the address
            above is right. If it already has an account, the mail says so instead.
          </p>
        )}
        <CorrectAddress email={email} isRefused={stage === "refused"} />
        <SendAgain isRefused={stage === "refused"} resendInMs={resendInMs} seenAt={seenAt} />
      </section>
    </>
  );
}

function Gone({ code }: { code: "UNAUTHORIZED" | "NOT_FOUND" }) {
  return (
    <>
      <p>
        {code === "UNAUTHORIZED"
          ? "Nobody has signed up in this browser lately. If you have a mail from us, open its link: it works in any browser."
          : "This sign-up is no longer there: it was discarded, or not confirmed in time."}
      </p>
      <p>
        <a href="/signup">Go to the sign-up page</a>
      </p>
    </>
  );
}
