import type { Metadata } from "next";
import { tabTitle, wordsOf, type LanguageParams } from "../../frame/words.ts";
import { SignedUpAlready } from "./signed-up-already.tsx";
import { SignupForm } from "./signup-form.tsx";

interface SignupPageProps {
  params: LanguageParams;
}

export async function generateMetadata({ params }: SignupPageProps): Promise<Metadata> {
  const { texts } = await wordsOf(params);
  return { title: tabTitle(texts.signUp.tab) };
}

export default async function SignupPage({ params }: SignupPageProps) {
  const { texts } = await wordsOf(params);
  return (
    <>
      <noscript>
        <p className="notice">{texts.signUp.noScript}</p>
      </noscript>
      <SignupForm />
      <SignedUpAlready />
    </>
  );
}
