import type { ReactNode } from "react";

/** The texts of the mails. Values that are nodes are names, hosts or addresses. */
export const mails = {
  hello: "Hello,",
  ifButtonFails: "If the button does not work, open this link:",
  support: (address: ReactNode) => <>Do you need help? You can reach us at {address}.</>,

  verification: {
    subject: "Confirm your e-mail address",
    title: "Confirm your address",
    confirm: (username: ReactNode, host: ReactNode) => (
      <>
        Somebody, probably you, chose the username {username} at {host}, and gave this address.
        Please confirm that the address is yours:
      </>
    ),
    /** If there are no usernames. */
    confirmAddress: (host: ReactNode) => (
      <>
        Somebody, probably you, signed up at {host} with this address. Please confirm that the
        address is yours:
      </>
    ),
    button: "Confirm my address",
    /** @param duration a number of hours, such as "24 hours" */
    lifetime: (duration: string) =>
      `The link works for ${duration}. In the browser you signed up with, one click is enough; elsewhere it asks for the password you chose.`,
    code: "Are you reading this on another device than the one you signed up on? Then type this code there, on the page where you signed up:",
    codeWarning:
      "Never give the code to anybody else. If you get more than one mail, only the code in the newest works.",
    notYou:
      'Was it not you? Then you need do nothing: without your confirmation there is no account. To have the sign-up deleted at once, open the link and press "This was not me".',
  },

  invitation: {
    subject: (service: string) => `Your invitation to ${service}`,
    title: "You are invited",
    text: (host: ReactNode) => <>You are invited to sign up at {host} with this address.</>,
    button: "Sign up",
    /** @param duration a number of days or hours, such as "14 days" */
    lifetime: (duration: string) =>
      `The invitation works for ${duration}, and for this address alone. You need not confirm the address again.`,
    notYou:
      "Did you not expect this mail? Then you need do nothing: unless you sign up, there is no account.",
  },

  existingAccount: {
    subject: "You already have an account",
    text: (host: ReactNode) => (
      <>
        Somebody, probably you, signed up at {host} with this address. It already belongs to an
        account, so there is nothing to confirm: sign in with the account that you have.
      </>
    ),
    signIn: "Sign in",
    notYou:
      "Was it not you? Then you need do nothing. Nobody has got into your account, and the new sign-up is deleted by itself.",
  },
};

export type MailTexts = typeof mails;
