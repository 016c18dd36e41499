"use client";

import { useEffect, useState } from "react";
import { useTexts } from "../../components/texts.tsx";

/** For those who have signed up: the application's sign-in page, if there is one, and the mail. */
export function SignedUpAlready() {
  const texts = useTexts().signUp;
  const [signIn, setSignIn] = useState<string | null>(null);
  useEffect(() => {
    const load = async () => (await (await fetch("/api/links")).json()).signIn as string | null;
    load().then(setSignIn, () => {}); // Without it, the page does as well.
  }, []);
  return (
    <p className="aside choices">
      <span>{texts.already}</span>
      {signIn !== null && <a href={signIn}>{texts.signIn}</a>}
      <a href="/signup/check-inbox">{texts.seeMail}</a>
    </p>
  );
}
