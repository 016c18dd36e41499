import { Layout, Paragraph } from "./layout.tsx";
import type { Message } from "./message.ts";
import { renderMail } from "./render-mail.ts";

/**
 * The mail for an address that already has a verified account. Only its owner learns so: the
 * sign-up page answers the same either way.
 */
export function existingAccountMail({ appUrl }: { appUrl: string }): Message {
  const subject = "You already have an account";
  const { host } = new URL(appUrl);
  return renderMail(
    subject,
    <Layout title={subject}>
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
