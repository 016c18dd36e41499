import type { Language } from "#src/shared/languages.ts";
import { perLanguage } from "#src/shared/per-language.ts";
import { formatsOf } from "#src/texts/formats.ts";
import { MAIL_TEXTS } from "#src/texts/mail-texts.ts";
import { part } from "./colours.ts";
import { createTemplate } from "./create-template.ts";
import { Layout, LinkButton, Paragraph, Quiet } from "./layout.tsx";
import type { MailContent } from "./mail-content.ts";
import { shorten } from "./shorten.ts";

const CODE = {
  margin: "0 0 16px",
  padding: "10px",
  borderRadius: "10px",
  font: "bold 30px/1.4 ui-monospace, Menlo, Consolas, monospace",
  letterSpacing: "0.06em",
  textAlign: "center",
} as const;

/** The values of this mail. */
interface Verification {
  language: Language;
  username: string;
  link: string;
  /** The eight digits that replace the link on the sign-up page. */
  code: string;
  /** Hours until the link expires. */
  ttlHours: number;
  /** When the mail was requested. */
  askedAt: Date;
}

/**
 * The mail that asks a new user to confirm the address. It omits the full name and shows only the
 * start of the username: the address is unconfirmed, and either field could carry spam.
 */
export function verificationMail(params: Verification): MailContent {
  const { language, username, link, code, ttlHours, askedAt } = params;
  return templateOf(language)(askedAt, {
    ...{ username: shorten(username), host: new URL(link).host, link },
    code: `${code.slice(0, 4)} ${code.slice(4)}`,
    hours: formatsOf(language).hours(ttlHours),
  });
}

const templateOf = perLanguage((language) => {
  const texts = MAIL_TEXTS[language];
  const { verification: own } = texts;
  return createTemplate(
    { language, subject: own.subject },
    ["username", "host", "link", "code", "hours"],
    ({ username, host, link, code, hours }) => (
      <Layout language={language} title={own.title}>
        <Paragraph>{texts.hello}</Paragraph>
        <Paragraph>
          {own.confirm(
            <strong>
              <bdi>{username}</bdi>
            </strong>,
            <bdi>{host}</bdi>,
          )}
        </Paragraph>
        <LinkButton link={link} ifItFails={texts.ifButtonFails}>
          {own.button}
        </LinkButton>
        <Quiet>{own.lifetime(hours)}</Quiet>
        <Paragraph>{own.code}</Paragraph>
        <p dir="ltr" {...part("code", CODE)}>
          {code}
        </p>
        <Quiet>{own.codeWarning}</Quiet>
        <Paragraph>{own.notYou}</Paragraph>
      </Layout>
    ),
  );
});
