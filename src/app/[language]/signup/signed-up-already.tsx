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
      <span>Signed up already? </span>
      {signIn !== null && (
        <span>
          <a href={signIn}>Sign in</a>
          {" · "}
        </span>
      )}
      <a href="/signup/check-inbox">See where your mail is</a>
    </p>
  );
}
