import { renderMail } from "./layout.tsx";
import type { Message } from "./message.ts";

/**
 * The mail for an address that already has a verified account. Only its owner learns so: the
 * sign-up page answers the same either way.
 */
export function existingAccountMail(params: { appUrl: string }): Message {
  const subject = "You already have an account";
  const { host } = new URL(params.appUrl);
  return {
    subject,
    text: `Hello,

somebody, probably you, just signed up at ${host} with this address. It already belongs to
an account, so there is nothing to confirm: sign in with the account that you have.

It was not you? Then do nothing. Nobody has got into your account.
`,
    html: renderMail(
      subject,
      <>
        <p>Hello,</p>
        <p>
          somebody, probably you, just signed up at {host} with this address. It already belongs to
          an account, so there is nothing to confirm: sign in with the account that you have.
        </p>
        <p>It was not you? Then do nothing. Nobody has got into your account.</p>
      </>,
    ),
  };
}
