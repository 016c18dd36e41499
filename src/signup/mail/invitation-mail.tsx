import { brand } from "#src/platform/brand.ts";
import type { Language } from "#src/shared/languages.ts";
import { perLanguage } from "#src/shared/per-language.ts";
import { formatsOf } from "#src/texts/formats.ts";
import { MAIL_TEXTS } from "#src/texts/mail-texts.ts";
import { createTemplate } from "./create-template.ts";
import { Layout, LinkButton, Paragraph, Quiet } from "./layout.tsx";
import type { MailContent } from "./mail-content.ts";

/** The values of this mail. */
interface InvitationMail {
  language: Language;
  link: string;
  /** Hours until the invitation expires. */
  ttlHours: number;
  /** When the operator invited. */
  askedAt: Date;
}

/** The mail that invites the owner of an address to sign up with it. */
export function invitationMail({ language, link, ttlHours, askedAt }: InvitationMail): MailContent {
  return templateOf(language)(askedAt, {
    host: new URL(link).host,
    link,
    duration: formatsOf(language).hours(ttlHours),
  });
}

const templateOf = perLanguage((language) => {
  const texts = MAIL_TEXTS[language];
  const { invitation: own } = texts;
  return createTemplate(
    { language, subject: own.subject(brand.name) },
    ["host", "link", "duration"],
    ({ host, link, duration }) => (
      <Layout language={language} title={own.title}>
        <Paragraph>{texts.hello}</Paragraph>
        <Paragraph>{own.text(<bdi>{host}</bdi>)}</Paragraph>
        <LinkButton link={link} ifItFails={texts.ifButtonFails}>
          {own.button}
        </LinkButton>
        <Quiet>{own.lifetime(duration)}</Quiet>
        <Paragraph>{own.notYou}</Paragraph>
      </Layout>
    ),
  );
});
