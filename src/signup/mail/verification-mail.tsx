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
  /** Null without usernames. */
  username: string | null;
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
  const values = {
    ...{ host: new URL(link).host, link },
    code: `${code.slice(0, 4)} ${code.slice(4)}`,
    hours: formatsOf(language).hours(ttlHours),
  };
  return username === null
    ? templateOf(language)(askedAt, values)
    : templateWithNameOf(language)(askedAt, { username: shorten(username), ...values });
}

const templateOf = perLanguage((language) =>
  createTemplate(
    { language, subject: MAIL_TEXTS[language].verification.subject },
    ["host", "link", "code", "hours"],
    (values) => <Mail language={language} {...values} />,
  ),
);

const templateWithNameOf = perLanguage((language) =>
  createTemplate(
    { language, subject: MAIL_TEXTS[language].verification.subject },
    ["username", "host", "link", "code", "hours"],
    (values) => <Mail language={language} {...values} />,
  ),
);

interface MailProps {
  language: Language;
  username?: string;
  host: string;
  link: string;
  code: string;
  hours: string;
}

function Mail({ language, username, host, link, code, hours }: MailProps) {
  const texts = MAIL_TEXTS[language];
  const { verification: own } = texts;
  return (
    <Layout language={language} title={own.title}>
      <Paragraph>{texts.hello}</Paragraph>
      <Paragraph>
        {username === undefined
          ? own.confirmAddress(<bdi>{host}</bdi>)
          : own.confirm(
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
  );
}
