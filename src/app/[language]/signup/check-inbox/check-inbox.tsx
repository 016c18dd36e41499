"use client";

import { useEffect } from "react";
import type { SignupStatus } from "#src/shared/signup-status.ts";
import { Continue } from "#src/app/components/continue.tsx";
import { Skeleton } from "#src/app/components/skeleton.tsx";
import { Title } from "#src/app/components/title.tsx";
import { CodeForm } from "./code-form.tsx";
import { CorrectAddress } from "./correct-address.tsx";
import { ResendMail } from "./resend-mail.tsx";
import { Steps } from "./steps.tsx";
import { useSignupStatus } from "./use-signup-status.ts";

/** The page after a sign-up: where the mail is, live, and what to do meanwhile. */
export function CheckInbox() {
  const [watched, isConnected] = useSignupStatus();
  const isUnknown = watched.is === "gone" && isJustSent();
  const title = titleOf(
    watched.is === "there" ? watched.status.stage : isUnknown ? "unknown" : watched.is,
  );
  useEffect(() => {
    if (watched.is === "there") forgetJustSent();
  }, [watched.is]);
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
      {isUnknown && <Unknown />}
      {watched.is === "gone" && !isUnknown && <Gone code={watched.code} />}
    </>
  );
}

/** Whether a successful sign-up just led here. Without a cookie, nothing else tells. */
const isJustSent = () => new URLSearchParams(window.location.search).has("sent");

/** From now on the cookie identifies the sign-up. */
function forgetJustSent(): void {
  if (!isJustSent()) return;
  const { pathname } = window.location;
  window.history.replaceState(null, "", isEarlier() ? `${pathname}?earlier` : pathname);
}

/** Whether an earlier attempt had succeeded, with other details than the last one. */
const isEarlier = () => new URLSearchParams(window.location.search).has("earlier");

function titleOf(stage: SignupStatus["stage"] | "loading" | "unknown" | "gone"): string {
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
        <strong className="address">{status.username}</strong> is ready.
      </p>
      {status.continueTo ? (
        <Continue to={status.continueTo} isWaiting />
      ) : (
        <p>You can close this page.</p>
      )}
    </>
  );
}

function Waiting({ status, seenAt }: Seen) {
  const { stage, email, username, resendInMs } = status;
  return (
    <>
      {isEarlier() && (
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
        <ResendMail isRefused={stage === "refused"} resendInMs={resendInMs} seenAt={seenAt} />
      </section>
    </>
  );
}

/** Signed up, but without a cookie: it was blocked, or lost on the way. */
function Unknown() {
  return (
    <>
      <p>
        You have signed up, and the mail is on its way. Open its link and enter the password that
        you chose: that is all it takes, in any browser.
      </p>
      <p className="hint">
        Your browser kept no cookie from us, so this page cannot show where the mail is, nor take
        the code from it. If no mail comes, look into the spam folder as well.
      </p>
    </>
  );
}

function Gone({ code }: { code: "UNAUTHORIZED" | "NOT_FOUND" }) {
  return (
    <>
      <p>
        {code === "UNAUTHORIZED"
          ? "We can't find a sign-up from this browser; it may have kept no cookie from us. If you signed up, your mail comes anyway: open its link in any browser, and enter your password."
          : "This sign-up no longer exists: it was deleted, or not confirmed in time."}
      </p>
      <p>
        <a href="/signup">Go to the sign-up page</a>
      </p>
    </>
  );
}
