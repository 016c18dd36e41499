import { Layout, Paragraph } from "./layout.tsx";
import type { Message } from "./message.ts";
import { renderMail } from "./render-mail.ts";

/** What the mail says. */
interface ExistingAccount {
  appUrl: string;
  /** When the mail was asked for. */
  askedAt: Date;
}

/**
 * The mail for an address that already has a verified account. Only its owner learns so: the
 * sign-up page answers the same either way.
 */
export function existingAccountMail({ appUrl, askedAt }: ExistingAccount): Message {
  const title = "You already have an account";
  const { host } = new URL(appUrl);
  return renderMail(
    title,
    askedAt,
    <Layout title={title}>
      <Paragraph>Hello,</Paragraph>
      <Paragraph>
        {`Somebody, probably you, signed up at ${host} with this address. It already belongs to an
        account, so there is nothing to confirm: sign in with the account that you have.`}
      </Paragraph>
      <Paragraph>
        Was it not you? Then you need do nothing. Nobody has got into your account, and the new
        sign-up is deleted by itself.
      </Paragraph>
    </Layout>,
  );
}
