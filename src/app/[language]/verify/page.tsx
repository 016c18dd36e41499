import type { Metadata } from "next";
import { wordsOf, type LanguageParams } from "../../frame/words.ts";
import { VerifyPage } from "./verify-page.tsx";

export const metadata: Metadata = { robots: { index: false } };

// Opening this page changes nothing, because mail scanners open links. Only the button does.
export default async function Page({ params }: { params: LanguageParams }) {
  const { texts } = await wordsOf(params);
  return (
    <>
      <noscript>
        <p className="notice">{texts.verify.noScript}</p>
      </noscript>
      <VerifyPage />
    </>
  );
}
