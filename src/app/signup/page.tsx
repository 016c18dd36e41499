import type { Metadata } from "next";
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
      <p className="aside">
        Signed up already? <a href="/signup/check-inbox">See where your mail is</a>
      </p>
    </>
  );
}
