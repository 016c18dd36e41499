import type { ReactNode } from "react";
import type { PageTexts } from "#src/texts/en/pages.tsx";
import { SignedUpAlready } from "./signed-up-already.tsx";

/** What stands around each form. */
export function SignupPage({ texts, children }: { texts: PageTexts; children: ReactNode }) {
  return (
    <>
      <noscript>
        <p className="notice">{texts.signUp.noScript}</p>
      </noscript>
      {children}
      <SignedUpAlready />
    </>
  );
}
