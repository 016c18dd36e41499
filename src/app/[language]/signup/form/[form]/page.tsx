import type { Metadata } from "next";
import { namesOfForms, readForm } from "../../../../frame/read-form.ts";
import { tabTitle, wordsOf } from "../../../../frame/words.ts";
import { SignupForm } from "../../signup-form.tsx";
import { SignupPage } from "../../signup-page.tsx";

interface FormPageProps {
  params: Promise<{ language: string; form: string }>;
}

/** One page for each form; src/web/http/choose-form.ts shows the one of this installation. */
export const generateStaticParams = namesOfForms;

export const dynamicParams = false;

export async function generateMetadata({ params }: FormPageProps): Promise<Metadata> {
  const { texts } = await wordsOf(params);
  return { title: tabTitle(texts.signUp.tab) };
}

export default async function FormPage({ params }: FormPageProps) {
  const { texts, language } = await wordsOf(params);
  const { form } = await params;
  return (
    <SignupPage texts={texts}>
      <SignupForm asked={readForm(form, language)} />
    </SignupPage>
  );
}
