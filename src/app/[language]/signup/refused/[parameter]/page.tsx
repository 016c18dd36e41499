import type { Metadata } from "next";
import { tabTitle, wordsOf } from "../../../../frame/words.ts";

interface RefusedPageProps {
  params: Promise<{ language: string; parameter: string }>;
}

/** One page for each parameter that src/web/http/check-return.ts refuses. */
export function generateStaticParams(): { parameter: string }[] {
  return [{ parameter: "return_to" }, { parameter: "state" }];
}

export const dynamicParams = false;

export async function generateMetadata({ params }: RefusedPageProps): Promise<Metadata> {
  const { texts } = await wordsOf(params);
  return { title: tabTitle(texts.refusedLink.title), robots: { index: false } };
}

export default async function RefusedPage({ params }: RefusedPageProps) {
  const { texts } = await wordsOf(params);
  const { parameter } = await params;
  const { title, unknownAddress, damaged, without } = texts.refusedLink;
  const name = <code>{parameter}</code>;
  return (
    <>
      <h1>{title}</h1>
      <p>{parameter === "state" ? damaged(name) : unknownAddress(name)}</p>
      <p>
        <a href="/signup">{without}</a>
      </p>
    </>
  );
}
