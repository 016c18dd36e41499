"use client";

import { useEffect, useState } from "react";

/** For those who have signed up: the application's sign-in page, if there is one, and the mail. */
export function SignedUpAlready() {
  const [signIn, setSignIn] = useState<string | null>(null);
  useEffect(() => {
    const load = async () => (await (await fetch("/api/links")).json()).signIn as string | null;
    load().then(setSignIn, () => {}); // Without it, the page does as well.
  }, []);
  return (
    <p className="aside">
      Signed up already?{" "}
      {signIn !== null && (
        <>
          <a href={signIn}>Sign in</a>, or{" "}
        </>
      )}
      <a href="/signup/check-inbox">{signIn === null ? "See" : "see"} where your mail is</a>
    </p>
  );
}
