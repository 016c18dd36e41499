import type { Metadata } from "next";
import { namesOfForms, readForm } from "../../../../frame/read-form.ts";
import { tabTitle, wordsOf } from "../../../../frame/words.ts";
import { InvitedForm } from "../../invited-form.tsx";
import { SignupPage } from "../../signup-page.tsx";

interface InvitedPageProps {
  params: Promise<{ language: string; form: string }>;
}

/** The same forms for people who come by the link of an invitation. */
export const generateStaticParams = namesOfForms;

export const dynamicParams = false;

export async function generateMetadata({ params }: InvitedPageProps): Promise<Metadata> {
  const { texts } = await wordsOf(params);
  return { title: tabTitle(texts.signUp.tab), robots: { index: false } };
}

export default async function InvitedPage({ params }: InvitedPageProps) {
  const { texts, language } = await wordsOf(params);
  const { form } = await params;
  return (
    <SignupPage texts={texts}>
      <InvitedForm asked={readForm(form, language)} />
    </SignupPage>
  );
}
