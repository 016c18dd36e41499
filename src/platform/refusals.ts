/** What a refusal's text needs to know. */
export interface RefusalValues {
  /** Attempts that are left. */
  left?: number;
  /** A letter that the mail server does not support. */
  letter?: string;
  domain?: string;
  /** What is wrong, to go on from the subject. */
  fault?: string;
}

interface Rule {
  code: RefusalCode;
  /** The input field to blame, if it is one. */
  field?: string;
  /** What happened and what to do next, for the person. */
  text: string | ((values: RefusalValues) => string);
}

/** All codes of refusals; each is the tRPC code of the same name. */
export type RefusalCode =
  | "BAD_REQUEST"
  | "CONFLICT"
  | "NOT_FOUND"
  | "PRECONDITION_FAILED"
  | "SERVICE_UNAVAILABLE"
  | "TOO_MANY_REQUESTS"
  | "UNAUTHORIZED";

const MAILED =
  "We have sent this address several mails in the last hour. Please look for them, in the spam folder too.";
const GONE =
  "This sign-up no longer exists: it was deleted, or not confirmed in time. You can sign up again.";
const NO_SIGNUP = "We can't find a sign-up from this browser.";
const NOT_THE_CODE = "This is not the code of our newest mail to you.";

/** Every reason for which Enlist refuses a request. The keys are `data.reason` in the API's errors. */
export const REFUSALS = {
  // Signing up
  username_reserved: {
    code: "CONFLICT",
    field: "username",
    text: "This username is reserved. Please choose another.",
  },
  username_taken: {
    code: "CONFLICT",
    field: "username",
    text: "This username is taken. Please choose another.",
  },
  password_guessable: {
    code: "BAD_REQUEST",
    field: "password",
    text: "This password is easy to guess. Make it longer or less common.",
  },
  address_unsupported: {
    code: "BAD_REQUEST",
    field: "email",
    text: ({ letter }) =>
      `We cannot send mail to an address with “${letter}” before the @. Please use another one.`,
  },
  domain_takes_no_mail: {
    code: "BAD_REQUEST",
    field: "email",
    text: ({ domain }) =>
      `No mail can be sent to ${domain}. Please check what you typed after the @.`,
  },
  return_not_allowed: {
    code: "BAD_REQUEST",
    field: "returnTo",
    text: ({ fault }) => `The address to return to (return_to) ${fault}.`,
  },
  request_id_used: {
    code: "CONFLICT",
    field: "requestId",
    text: "You already signed up from this page, with a different password or different names. Look for our mail in your inbox. To sign up again, choose another username.",
  },
  // Confirming
  signup_unknown: { code: "UNAUTHORIZED", text: NO_SIGNUP },
  signup_of_code_unknown: {
    code: "UNAUTHORIZED",
    text: `${NO_SIGNUP} Enter the code where you signed up, or open the link in the mail.`,
  },
  signup_gone: { code: "NOT_FOUND", text: GONE },
  code_wrong: {
    code: "BAD_REQUEST",
    field: "code",
    text: ({ left }) =>
      `${NOT_THE_CODE} You have ${left === 1 ? "one attempt" : `${left} attempts`} left.`,
  },
  code_of_old_address: {
    code: "BAD_REQUEST",
    field: "code",
    text: `${NOT_THE_CODE} The address was changed.`,
  },
  code_expired: {
    code: "PRECONDITION_FAILED",
    field: "code",
    text: "This code has expired. Ask for a new mail.",
  },
  code_used_up: {
    code: "PRECONDITION_FAILED",
    field: "code",
    text: "Too many wrong codes. Please ask for a new mail.",
  },
  link_unknown: {
    code: "NOT_FOUND",
    text: "This is not one of our links. Please open it from the mail again.",
  },
  link_of_gone_signup: { code: "PRECONDITION_FAILED", text: GONE },
  link_of_old_address: {
    code: "PRECONDITION_FAILED",
    text: "The address was changed after this mail was sent, so its link no longer works. Please open the mail to the new address.",
  },
  link_expired: { code: "PRECONDITION_FAILED", field: "token", text: "This link has expired." },
  password_required: {
    code: "UNAUTHORIZED",
    field: "password",
    text: "You opened this link in another browser than the one you signed up in. Please enter the password you chose.",
  },
  password_wrong: {
    code: "UNAUTHORIZED",
    field: "password",
    text: "This is not the password you signed up with.",
  },
  address_verified_elsewhere: {
    code: "PRECONDITION_FAILED",
    text: "This address already belongs to a verified account. Sign in with that one instead.",
  },
  already_verified: {
    code: "PRECONDITION_FAILED",
    text: "This account is already verified.",
  },
  verified_not_deletable: {
    code: "PRECONDITION_FAILED",
    text: "This account is verified, so it can no longer be deleted here.",
  },
  nowhere_to_continue: {
    code: "PRECONDITION_FAILED",
    text: "There is nowhere to continue to yet.",
  },
  // Limits
  mailed_just_now: {
    code: "TOO_MANY_REQUESTS",
    text: "We sent the last mail less than a minute ago.",
  },
  corrected_just_now: {
    code: "TOO_MANY_REQUESTS",
    text: "The address was changed less than a minute ago.",
  },
  many_username_checks: { code: "TOO_MANY_REQUESTS", text: "Too many checks." },
  many_invalid_signups: {
    code: "TOO_MANY_REQUESTS",
    text: "Too many invalid sign-ups from your network.",
  },
  many_failed_signups: {
    code: "TOO_MANY_REQUESTS",
    text: "Too many failed sign-ups from your network in the last minute.",
  },
  many_signups: {
    code: "TOO_MANY_REQUESTS",
    text: "Too many sign-ups from your network in the last hour.",
  },
  many_repeats: {
    code: "TOO_MANY_REQUESTS",
    text: "This sign-up went through, and was sent again too often.",
  },
  // Never shown to anyone.
  many_reclaims: {
    code: "TOO_MANY_REQUESTS",
    text: "Too many passwords were tried for this username.",
  },
  many_mails_to_address: { code: "TOO_MANY_REQUESTS", field: "email", text: MAILED },
  many_mails: {
    code: "TOO_MANY_REQUESTS",
    text: "Too many mails were requested from your network in the last hour.",
  },
  many_mails_in_all: {
    code: "TOO_MANY_REQUESTS",
    text: "We have reached our limit of mails for this hour. Nothing was saved.",
  },
  many_resends: {
    code: "TOO_MANY_REQUESTS",
    text: "You have asked for too many mails in the last hour.",
  },
  many_passwords: {
    code: "TOO_MANY_REQUESTS",
    field: "password",
    text: "Too many password attempts in the last hour.",
  },
  many_hand_offs: {
    code: "TOO_MANY_REQUESTS",
    text: "This page has led back to the application too often in the last hour.",
  },
  many_wrong_secrets: {
    code: "TOO_MANY_REQUESTS",
    text: "Too many wrong secrets from your network in the last minute.",
  },
  // Enlist's own state
  overloaded: {
    code: "SERVICE_UNAVAILABLE",
    text: "We're very busy right now. Please try again in a moment; sending it twice is safe.",
  },
  nothing_saved: {
    code: "SERVICE_UNAVAILABLE",
    text: "We can't do this right now. Nothing was saved; please try again in a moment.",
  },
  outcome_unknown: {
    code: "SERVICE_UNAVAILABLE",
    text: "We lost the connection to our database. Please try again; sending it twice is safe.",
  },
} as const satisfies Record<string, Rule>;

export type Reason = keyof typeof REFUSALS;
