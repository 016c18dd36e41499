import type { Metadata } from "next";
import { tabTitle, wordsOf, type LanguageParams } from "../../frame/words.ts";

interface NotFoundProps {
  params: LanguageParams;
}

export async function generateMetadata({ params }: NotFoundProps): Promise<Metadata> {
  const { texts } = await wordsOf(params);
  return { title: tabTitle(texts.notFound.title), robots: { index: false } };
}

/** Shown with 404 by src/web/http/route-page.ts. */
export default async function NotFound({ params }: NotFoundProps) {
  const { texts } = await wordsOf(params);
  return (
    <>
      <h1>{texts.notFound.title}</h1>
      <p>
        {texts.notFound.text((text) => (
          <a href="/signup">{text}</a>
        ))}
      </p>
    </>
  );
}
