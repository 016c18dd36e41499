import type { Metadata } from "next";
import { CheckInbox } from "./check-inbox.tsx";

export const metadata: Metadata = { robots: { index: false } };

export default function CheckInboxPage() {
  return (
    <>
      <noscript>
        <p className="notice">
          This page needs JavaScript to show where your mail is. The link in the mail works all the
          same, but needs JavaScript too.
        </p>
      </noscript>
      <CheckInbox />
    </>
  );
}
