"use client";

import { useEffect } from "react";
import type { SignupStatus } from "#src/shared/signup-status.ts";
import type { PageTexts } from "#src/texts/en/pages.tsx";
import { Address } from "#src/app/components/address.tsx";
import { Continue } from "#src/app/components/continue.tsx";
import { Skeleton } from "#src/app/components/skeleton.tsx";
import { useTexts } from "#src/app/components/texts.tsx";
import { Title } from "#src/app/components/title.tsx";
import { SignedUpAs } from "../signed-up-as.tsx";
import { CodeForm } from "./code-form.tsx";
import { CorrectAddress } from "./correct-address.tsx";
import { ResendMail } from "./resend-mail.tsx";
import { Steps } from "./steps.tsx";
import { useSignupStatus } from "./use-signup-status.ts";

/** The page after a sign-up: where the mail is, live, and what to do meanwhile. */
export function CheckInbox() {
  const [watched, isConnected] = useSignupStatus();
  const isUnknown = watched.is === "gone" && isJustSent();
  const texts = useTexts();
  const title = titleOf(
    watched.is === "there" ? watched.status.stage : isUnknown ? untold() : watched.is,
    texts,
  );
  useEffect(() => {
    if (watched.is === "there") forgetJustSent();
  }, [watched.is]);
  return (
    <>
      <Title>{title}</Title>
      <output className="news">
        {!isConnected && watched.is !== "gone" && texts.checkInbox.offline}
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
const isJustSent = () => isSaid("sent");

/** What is known without a cookie: only what the page before has said. */
const untold = () => (isSaid("verified") ? "verified" : "unknown");

/** From now on the cookie identifies the sign-up. */
function forgetJustSent(): void {
  if (!isJustSent()) return;
  const { pathname } = window.location;
  const kept = ["earlier", "verified"].filter((name) => isSaid(name)).join("&");
  window.history.replaceState(null, "", kept ? `${pathname}?${kept}` : pathname);
}

/** Whether an earlier attempt had succeeded, with other details than the last one. */
const isEarlier = () => isSaid("earlier");

/** Whether the page before has said this. */
const isSaid = (what: string) => new URLSearchParams(window.location.search).has(what);

function titleOf(
  stage: SignupStatus["stage"] | "loading" | "unknown" | "gone",
  { checkInbox, verified }: PageTexts,
): string {
  if (stage === "verified") return verified.title;
  if (stage === "refused") return checkInbox.refusedTitle;
  return stage === "gone" ? checkInbox.goneTitle : checkInbox.title;
}

interface Seen {
  status: SignupStatus;
  seenAt: number;
}

function Verified({ status, seenAt }: Seen) {
  const { readyFor, readyForAddress, close } = useTexts().verified;
  const { username } = status;
  const address = <Address>{status.email}</Address>;
  return (
    <>
      {/* Nothing was mailed to someone who came by an invitation. */}
      {untold() !== "verified" && <Steps status={status} seenAt={seenAt} />}
      <p>
        {username === null
          ? readyForAddress(address)
          : readyFor(address, <Address>{username}</Address>)}
      </p>
      {status.continueTo ? <Continue to={status.continueTo} isWaiting /> : <p>{close}</p>}
    </>
  );
}

function Waiting({ status, seenAt }: Seen) {
  const texts = useTexts().checkInbox;
  const { stage, email, username, resendInMs } = status;
  return (
    <>
      {isEarlier() && <p className="notice">{texts.earlier}</p>}
      <SignedUpAs username={username} email={email} />
      <Steps status={status} seenAt={seenAt} />
      {stage === "refused" ? (
        <p>{texts.refused}</p>
      ) : (
        <>
          <p>{texts.openLinkOrCode}</p>
          <CodeForm />
        </>
      )}
      <section className="aside" aria-labelledby="no-mail">
        <h2 id="no-mail">{stage === "refused" ? texts.whatYouCanDo : texts.noMail}</h2>
        {stage !== "refused" && <p className="hint">{texts.noMailHint}</p>}
        <CorrectAddress email={email} isRefused={stage === "refused"} />
        <ResendMail isRefused={stage === "refused"} resendInMs={resendInMs} seenAt={seenAt} />
      </section>
    </>
  );
}

/** Signed up, but without a cookie: it was blocked, or lost on the way. */
function Unknown() {
  const { checkInbox: texts, verified } = useTexts();
  if (untold() === "verified") {
    return (
      <>
        <p>{verified.ready}</p>
        <p>{verified.close}</p>
      </>
    );
  }
  return (
    <>
      <p>{texts.unknown}</p>
      <p className="hint">{texts.unknownHint}</p>
    </>
  );
}

function Gone({ code }: { code: "UNAUTHORIZED" | "NOT_FOUND" }) {
  const { checkInbox, signUp } = useTexts();
  return (
    <>
      <p>{code === "UNAUTHORIZED" ? checkInbox.noCookie : checkInbox.gone}</p>
      <p>
        <a href="/signup">{signUp.goTo}</a>
      </p>
    </>
  );
}
