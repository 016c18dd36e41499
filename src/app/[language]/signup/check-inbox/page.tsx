import type { Metadata } from "next";
import { wordsOf, type LanguageParams } from "../../../frame/words.ts";
import { CheckInbox } from "./check-inbox.tsx";

export const metadata: Metadata = { robots: { index: false } };

export default async function CheckInboxPage({ params }: { params: LanguageParams }) {
  const { texts } = await wordsOf(params);
  return (
    <>
      <noscript>
        <p className="notice">{texts.checkInbox.noScript}</p>
      </noscript>
      <CheckInbox />
    </>
  );
}
