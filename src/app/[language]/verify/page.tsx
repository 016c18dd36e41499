import type { Metadata } from "next";
import { VerifyPage } from "./verify-page.tsx";

export const metadata: Metadata = { robots: { index: false } };

// Opening this page changes nothing, because mail scanners open links. Only the button does.
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
