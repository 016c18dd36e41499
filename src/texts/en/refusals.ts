import { formatsOf } from "../formats.ts";
import type { RefusalText } from "../refusal-text.ts";

const { plural } = formatsOf("en");

/** Why a request is refused: what happened, and what to do next. The keys are the API's reasons. */
export const refusals = {
  // Signing up
  username_reserved: "This username is reserved. Please choose another.",
  username_taken: "This username is taken. Please choose another.",
  password_guessable: "This password is easy to guess. Make it longer or less common.",
  address_unsupported: ({ letter }) =>
    `We cannot send mail to an address with “${letter}” before the @. Please use another one.`,
  domain_takes_no_mail: ({ domain }) =>
    `No mail can be sent to ${domain}. Please check what you typed after the @.`,
  return_not_allowed: ({ fault }) => `The address to return to (return_to) ${fault}.`,
  request_id_used:
    "You already signed up from this page, with a different password or other details. Look for our mail in your inbox. To sign up again with the new details, send them once more.",
  usernames_off: "There are no usernames here.",
  signups_closed: "Sign-ups are closed at the moment.",
  invitation_required: "You need an invitation to sign up here.",
  invitation_unknown:
    "This invitation does not exist. Please open the link in the newest invitation that you got.",
  invitation_used:
    "This invitation has been used already. Sign in with the account that it led to.",
  invitation_expired: "This invitation has expired. Please ask for a new one.",
  invitation_for_another:
    "The invitation is for another address. Please sign up with the address that it was sent to.",
  // Confirming
  signup_unknown: "We can't find a sign-up from this browser.",
  signup_of_code_unknown:
    "We can't find a sign-up from this browser. Enter the code where you signed up, or open the link in the mail.",
  signup_gone:
    "This sign-up no longer exists: it was deleted, or not confirmed in time. You can sign up again.",
  code_wrong: ({ left = 0 }) =>
    plural(left, {
      one: "This is not the code of our newest mail to you. You have one attempt left.",
      other: "This is not the code of our newest mail to you. You have # attempts left.",
    }),
  code_of_old_address: "This is not the code of our newest mail to you. The address was changed.",
  code_expired: "This code has expired. Ask for a new mail.",
  code_used_up: "Too many wrong codes. Please ask for a new mail.",
  link_unknown: "This is not one of our links. Please open it from the mail again.",
  link_of_gone_signup:
    "This sign-up no longer exists: it was deleted, or not confirmed in time. You can sign up again.",
  link_of_old_address:
    "The address was changed after this mail was sent, so its link no longer works. Please open the mail to the new address.",
  link_expired: "This link has expired.",
  password_required:
    "You opened this link in another browser than the one you signed up in. Please enter the password you chose.",
  password_wrong: "This is not the password you signed up with.",
  address_verified_elsewhere:
    "This address already belongs to a verified account. Sign in with that one instead.",
  already_verified: "This account is already verified.",
  verified_not_deletable: "This account is verified, so it can no longer be deleted here.",
  nowhere_to_continue: "There is nowhere to continue to yet.",
  // Limits
  mailed_just_now: "We sent the last mail less than a minute ago.",
  corrected_just_now: "The address was changed less than a minute ago.",
  many_username_checks: "Too many checks.",
  many_invalid_signups: "Too many invalid sign-ups from your network.",
  many_failed_signups: "Too many failed sign-ups from your network in the last minute.",
  many_signups: "Too many sign-ups from your network in the last hour.",
  many_repeats: "This sign-up went through, and was sent again too often.",
  // Never shown to anyone.
  many_reclaims: "Too many passwords were tried for this username.",
  many_mails_to_address:
    "We have sent this address several mails in the last hour. Please look for them, in the spam folder too.",
  many_mails: "Too many mails were requested from your network in the last hour.",
  many_mails_in_all: "We have reached our limit of mails for this hour. Nothing was saved.",
  many_resends: "You have asked for too many mails in the last hour.",
  many_passwords: "Too many password attempts in the last hour.",
  many_hand_offs: "This page has led back to the application too often in the last hour.",
  many_wrong_secrets: "Too many wrong secrets from your network in the last minute.",
  // Enlist's own state
  overloaded: "We're very busy right now. Please try again in a moment; sending it twice is safe.",
  nothing_saved: "We can't do this right now. Nothing was saved; please try again in a moment.",
  outcome_unknown:
    "We lost the connection to our database. Please try again; sending it twice is safe.",
  // Any request
  fields_invalid: "Some fields are invalid.",
  internal_server_error: "Something went wrong on our side. Please try again in a moment.",
} satisfies Record<string, RefusalText>;

/** A key of these texts, and `data.reason` in the API's errors. */
export type RefusalReason = keyof typeof refusals;

export type RefusalTexts = Record<RefusalReason, RefusalText>;
