import type { Metadata } from "next";

export const metadata: Metadata = {
  title: "This link does not work · Enlist",
  robots: { index: false },
};

const FAULTS: Record<string, string> = {
  return_to: "It would lead you on to an address that we do not know",
  state: "A part of it is damaged",
};

/** One page for each parameter that src/web/http/check-return.ts refuses. */
export function generateStaticParams(): { parameter: string }[] {
  return Object.keys(FAULTS).map((parameter) => ({ parameter }));
}

export const dynamicParams = false;

interface RefusedPageProps {
  params: Promise<{ parameter: string }>;
}

export default async function RefusedPage({ params }: RefusedPageProps) {
  const { parameter } = await params;
  return (
    <>
      <h1>This link does not work</h1>
      <p>
        <span>{FAULTS[parameter]}</span> (<code>{parameter}</code>). Nothing was done. Please tell
        the owner of the site that sent you here.
      </p>
      <p>
        <a href="/signup">Sign up without it</a>
      </p>
    </>
  );
}
