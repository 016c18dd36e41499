import type { Language } from "#src/shared/languages.ts";
import { perLanguage } from "#src/shared/per-language.ts";
import { MAIL_TEXTS } from "#src/texts/mail-texts.ts";
import { createTemplate } from "./create-template.ts";
import { Layout, LinkButton, Paragraph } from "./layout.tsx";
import type { MailContent } from "./mail-content.ts";

/** The values of this mail. */
interface ExistingAccount {
  language: Language;
  appUrl: string;
  /** Where people sign in, if the installation says so. */
  signInUrl?: string | undefined;
  /** When the mail was requested. */
  askedAt: Date;
}

/**
 * The mail for an address that already has a verified account. Only its owner learns of it, because
 * the sign-up page answers the same either way.
 */
export function existingAccountMail(values: ExistingAccount): MailContent {
  const { language, appUrl, signInUrl, askedAt } = values;
  const { host } = new URL(appUrl);
  return signInUrl === undefined
    ? templateOf(language)(askedAt, { host })
    : templateWithLinkOf(language)(askedAt, { host, signInUrl });
}

const templateOf = perLanguage((language) =>
  createTemplate(
    { language, subject: MAIL_TEXTS[language].existingAccount.subject },
    ["host"],
    (values) => <Mail language={language} {...values} />,
  ),
);

const templateWithLinkOf = perLanguage((language) =>
  createTemplate(
    { language, subject: MAIL_TEXTS[language].existingAccount.subject },
    ["host", "signInUrl"],
    (values) => <Mail language={language} {...values} />,
  ),
);

interface MailProps {
  language: Language;
  host: string;
  signInUrl?: string;
}

function Mail({ language, host, signInUrl }: MailProps) {
  const texts = MAIL_TEXTS[language];
  const { existingAccount: own } = texts;
  return (
    <Layout language={language} title={own.subject}>
      <Paragraph>{texts.hello}</Paragraph>
      <Paragraph>{own.text(<bdi>{host}</bdi>)}</Paragraph>
      {signInUrl !== undefined && (
        <LinkButton link={signInUrl} ifItFails={texts.ifButtonFails}>
          {own.signIn}
        </LinkButton>
      )}
      <Paragraph>{own.notYou}</Paragraph>
    </Layout>
  );
}
