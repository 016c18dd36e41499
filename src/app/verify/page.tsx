import type { Metadata } from "next";
import { VerifyPage } from "./verify-page.tsx";

export const metadata: Metadata = { robots: { index: false } };

// Opening this page does nothing, whoever or whatever opens it: only the button does.
export default function Page() {
  return (
    <>
      <noscript>
        <p className="notice">
          This page needs JavaScript, which is switched off in your browser. Please switch it on to
          confirm your address.
        </p>
      </noscript>
      <VerifyPage />
    </>
  );
}
