import type { Metadata } from "next";
import { SignedUpAlready } from "./signed-up-already.tsx";
import { SignupForm } from "./signup-form.tsx";

export const metadata: Metadata = { title: "Sign up · Enlist" };

export default function SignupPage() {
  return (
    <>
      <noscript>
        <p className="notice">
          This form needs JavaScript, which is switched off in your browser. Please switch it on to
          sign up.
        </p>
      </noscript>
      <SignupForm />
      <SignedUpAlready />
    </>
  );
}
