/** What a person types into the form. Enlist's README has the rules of each field. */
export interface SignUpInput {
  /** Unless the installation has USERNAMES=off. */
  username?: string | undefined;
  /** Unless it has FULL_NAMES=off. */
  fullName?: string | undefined;
  email: string;
  password: string;
  /** With TERMS=accept, the version of the terms that the person has read and accepted. */
  acceptedTerms?: string | undefined;
  /** The field of the installation's own, by its name. */
  extra?: Record<string, unknown> | undefined;
  /** The token of an invitation's link; the account is then verified at once. */
  invitation?: string | undefined;
  /** What the mails are written in, such as "pt-BR"; by default what `Accept-Language` asks for. */
  language?: string | undefined;
  /** Where the application wants the person back, if Enlist's RETURN_URLS allow it. */
  returnTo?: string | undefined;
  /** What the application recognises the person by, who brings it back with the code. */
  state?: string | undefined;
}

/** Where a verified person goes on. */
export interface ContinueTo {
  /** An address of the application, without a code. */
  url: string;
  /** The application's name. */
  name: string;
}

export interface User {
  id: string;
  /** Null if the installation does not ask for it. */
  username: string | null;
  fullName: string | null;
  email: string;
  /** ISO 8601; null until the address is confirmed. An invitation confirms it at once. */
  emailVerifiedAt: string | null;
  /** ISO 8601. */
  createdAt: string;
}

/** Where the mail of a sign-up is. */
export interface SignupStatus {
  stage: "queued" | "unavailable" | "sending" | "retrying" | "sent" | "refused" | "verified";
  /** When the stage began, or was first seen if that is unknown (ISO 8601). */
  at: string;
  /** The current or next attempt to send the mail, from 1, and the maximum. */
  attempt?: number;
  attempts?: number;
  /** Milliseconds until the next attempt. */
  nextInMs?: number;
  username: string | null;
  email: string;
  /** Milliseconds until another mail may be requested; 0 if it may be now. */
  resendInMs: number;
  continueTo?: ContinueTo;
}

/** What a link from a mail opens. */
export type InspectedLink =
  | { status: "open"; needsPassword: boolean; username: string | null; email: string }
  | { status: "already-verified"; continueTo?: ContinueTo };

/**
 * What each procedure of the API takes and returns. A test compares this with the server's router,
 * both ways.
 */
export interface Procedures {
  createUser: { input: SignUpInput & { requestId: string }; output: { user: User } };
  usernameAvailable: { input: { username: string }; output: { available: boolean } };
  /** A stream; the output is one of its events. */
  signupStatus: { input: void; output: SignupStatus };
  resendVerification: {
    input: { token?: string; language?: string } | undefined | void;
    output: { email: string };
  };
  correctEmail: { input: { email: string; language?: string }; output: { email: string } };
  inspectInvitation: { input: { token: string }; output: { email: string } };
  inspectLink: { input: { token: string }; output: InspectedLink };
  verifyEmail: {
    input: { token?: string; password?: string; code?: string };
    output: { status: "verified" | "already-verified"; continueTo?: ContinueTo };
  };
  handOff: { input: { token?: string }; output: { url: string } };
  discardSignup: { input: { token: string }; output: { status: "discarded" } };
}
