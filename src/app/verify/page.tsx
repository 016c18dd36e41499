import type { Metadata } from "next";
import { VerifyForm } from "./verify-form.tsx";

export const metadata: Metadata = { title: "Confirm your address", robots: { index: false } };

// Opening this page does nothing, whoever or whatever opens it: only the button does.
export default function VerifyPage() {
  return (
    <>
      <noscript>
        <p className="notice">
          This page needs JavaScript, which is switched off in your browser. Please switch it on to
          confirm your address.
        </p>
      </noscript>
      <VerifyForm />
    </>
  );
}
