import type { Metadata } from "next";
import { dirOf } from "#src/shared/languages.ts";
import { whyClosed } from "../../../../frame/why-closed.ts";
import { tabTitle, wordsOf } from "../../../../frame/words.ts";
import { SignedUpAlready } from "../../signed-up-already.tsx";

interface ClosedPageProps {
  params: Promise<{ language: string; why: string }>;
}

/** In place of the form: nobody can sign up, or nobody without an invitation. */
export function generateStaticParams(): { why: string }[] {
  return [{ why: "closed" }, { why: "invited" }];
}

export const dynamicParams = false;

export async function generateMetadata({ params }: ClosedPageProps): Promise<Metadata> {
  const { title } = whyClosed(await wordsOf(params), (await params).why);
  return { title: tabTitle(title), robots: { index: false } };
}

export default async function ClosedPage({ params }: ClosedPageProps) {
  const { title, text, lang } = whyClosed(await wordsOf(params), (await params).why);
  return (
    <>
      <h1>{title}</h1>
      <p {...(lang ? { lang, dir: dirOf(lang) } : {})}>{text}</p>
      <SignedUpAlready />
    </>
  );
}
