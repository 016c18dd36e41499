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
  const { username, link, code, ttlHours, askedAt } = params;
  return fillIn(askedAt, {
    ...{ username: shorten(username), host: new URL(link).host, link },
    code: `${code.slice(0, 4)} ${code.slice(4)}`,
    hours: ttlHours === 1 ? "1 hour" : `${ttlHours} hours`,
  });
}

const fillIn = createTemplate(
  "Confirm your e-mail address",
  ["username", "host", "link", "code", "hours"],
  ({ username, host, link, code, hours }) => (
    <Layout title="Confirm your address">
      <Paragraph>Hello,</Paragraph>
      <Paragraph>
        Somebody, probably you, chose the username <strong>{username}</strong>
        {` at ${host}, and gave this address. Please confirm that the address is yours:`}
      </Paragraph>
      <LinkButton link={link}>Confirm my address</LinkButton>
      <Quiet>
        {`The link works for ${hours}. In the browser you signed up with, one click is enough;
        elsewhere it asks for the password you chose.`}
      </Quiet>
      <Paragraph>
        Are you reading this on another device than the one you signed up on? Then type this code
        there, on the page where you signed up:
      </Paragraph>
      <p {...part("code", CODE)}>{code}</p>
      <Quiet>
        Never give the code to anybody else. If you get more than one mail, only the code in the
        newest works.
      </Quiet>
      <Paragraph>
        Was it not you? Then you need do nothing: without your confirmation there is no account. To
        have the sign-up deleted at once, open the link and press &quot;This was not me&quot;.
      </Paragraph>
    </Layout>
  ),
);
