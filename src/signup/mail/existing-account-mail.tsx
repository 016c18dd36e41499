import { createTemplate } from "./create-template.ts";
import { Layout, LinkButton, Paragraph } from "./layout.tsx";
import type { MailContent } from "./mail-content.ts";

/** The values of this mail. */
interface ExistingAccount {
  appUrl: string;
  /** Where people sign in, if the installation says so. */
  signInUrl?: string | undefined;
  /** When the mail was requested. */
  askedAt: Date;
}

const TITLE = "You already have an account";

/**
 * The mail for an address that already has a verified account. Only its owner learns of it, because
 * the sign-up page answers the same either way.
 */
export function existingAccountMail({ appUrl, signInUrl, askedAt }: ExistingAccount): MailContent {
  const { host } = new URL(appUrl);
  return signInUrl === undefined
    ? fillIn(askedAt, { host })
    : fillInWithLink(askedAt, { host, signInUrl });
}

const fillIn = createTemplate(TITLE, ["host"], ({ host }) => <Mail host={host} />);
const fillInWithLink = createTemplate(TITLE, ["host", "signInUrl"], Mail);

function Mail({ host, signInUrl }: { host: string; signInUrl?: string }) {
  return (
    <Layout title={TITLE}>
      <Paragraph>Hello,</Paragraph>
      <Paragraph>
        {`Somebody, probably you, signed up at ${host} with this address. It already belongs to an
      account, so there is nothing to confirm: sign in with the account that you have.`}
      </Paragraph>
      {signInUrl !== undefined && <LinkButton link={signInUrl}>Sign in</LinkButton>}
      <Paragraph>
        Was it not you? Then you need do nothing. Nobody has got into your account, and the new
        sign-up is deleted by itself.
      </Paragraph>
    </Layout>
  );
}
