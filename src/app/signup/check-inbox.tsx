import { useEffect, useRef } from "react";

/** What follows a sign-up: where the mail goes, and what to do with it. */
export function CheckInbox({ email, username }: { email: string; username: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        Check your inbox
      </h1>
      <p>
        You signed up as <strong>{username}</strong>. We are sending a mail to{" "}
        <strong className="address">{email}</strong>.
      </p>
      <p>Open the link in it, in this browser if you can: here one click is enough.</p>
      <p className="hint">
        Nothing there after a minute or two? Look into the spam folder as well.
      </p>
    </>
  );
}
