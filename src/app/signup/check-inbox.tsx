import { useEffect, useRef } from "react";

interface CheckInboxProps {
  email: string;
  username: string;
  /** Whether this is what an earlier attempt was sent with, and not the last one. */
  earlier: boolean;
}

/** What follows a sign-up: where the mail goes, and what to do with it. */
export function CheckInbox({ email, username, earlier }: CheckInboxProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        Check your inbox
      </h1>
      {earlier && (
        <p className="notice" role="alert">
          An earlier attempt of yours had already gone through, with the details below. What you
          changed afterwards was not saved.
        </p>
      )}
      <p>
        You signed up as <strong className="address">{username}</strong>. We are sending a mail to{" "}
        <strong className="address">{email}</strong>.
      </p>
      <p>Open the link in it, in this browser if you can: here one click is enough.</p>
      <p className="hint">
        Nothing there after a minute or two? Look into the spam folder as well.
      </p>
    </>
  );
}
