import type { RefusalReason } from "#src/texts/en/refusals.ts";

interface Rule {
  code: RefusalCode;
  /** The input field to blame, if it is one. */
  field?: string;
}

/** All codes of refusals; each is the tRPC code of the same name. */
export type RefusalCode =
  | "BAD_REQUEST"
  | "CONFLICT"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "PRECONDITION_FAILED"
  | "SERVICE_UNAVAILABLE"
  | "TOO_MANY_REQUESTS"
  | "UNAUTHORIZED";

/**
 * Every reason for which a request is refused. The keys are `data.reason` in the API's errors; their
 * texts are in src/texts.
 */
export const REFUSALS = {
  // Signing up
  username_reserved: { code: "CONFLICT", field: "username" },
  username_taken: { code: "CONFLICT", field: "username" },
  password_guessable: { code: "BAD_REQUEST", field: "password" },
  address_unsupported: { code: "BAD_REQUEST", field: "email" },
  domain_takes_no_mail: { code: "BAD_REQUEST", field: "email" },
  return_not_allowed: { code: "BAD_REQUEST", field: "returnTo" },
  request_id_used: { code: "CONFLICT", field: "requestId" },
  usernames_off: { code: "BAD_REQUEST", field: "username" },
  signups_closed: { code: "FORBIDDEN" },
  invitation_required: { code: "FORBIDDEN" },
  invitation_unknown: { code: "NOT_FOUND", field: "invitation" },
  invitation_used: { code: "PRECONDITION_FAILED", field: "invitation" },
  invitation_expired: { code: "PRECONDITION_FAILED", field: "invitation" },
  invitation_for_another: { code: "BAD_REQUEST", field: "email" },
  // Confirming
  signup_unknown: { code: "UNAUTHORIZED" },
  signup_of_code_unknown: { code: "UNAUTHORIZED" },
  signup_gone: { code: "NOT_FOUND" },
  code_wrong: { code: "BAD_REQUEST", field: "code" },
  code_of_old_address: { code: "BAD_REQUEST", field: "code" },
  code_expired: { code: "PRECONDITION_FAILED", field: "code" },
  code_used_up: { code: "PRECONDITION_FAILED", field: "code" },
  link_unknown: { code: "NOT_FOUND" },
  link_of_gone_signup: { code: "PRECONDITION_FAILED" },
  link_of_old_address: { code: "PRECONDITION_FAILED" },
  link_expired: { code: "PRECONDITION_FAILED", field: "token" },
  password_required: { code: "UNAUTHORIZED", field: "password" },
  password_wrong: { code: "UNAUTHORIZED", field: "password" },
  address_verified_elsewhere: { code: "PRECONDITION_FAILED" },
  already_verified: { code: "PRECONDITION_FAILED" },
  verified_not_deletable: { code: "PRECONDITION_FAILED" },
  nowhere_to_continue: { code: "PRECONDITION_FAILED" },
  // Limits
  mailed_just_now: { code: "TOO_MANY_REQUESTS" },
  corrected_just_now: { code: "TOO_MANY_REQUESTS" },
  many_username_checks: { code: "TOO_MANY_REQUESTS" },
  many_invalid_signups: { code: "TOO_MANY_REQUESTS" },
  many_failed_signups: { code: "TOO_MANY_REQUESTS" },
  many_signups: { code: "TOO_MANY_REQUESTS" },
  many_repeats: { code: "TOO_MANY_REQUESTS" },
  // Never shown to anyone.
  many_reclaims: { code: "TOO_MANY_REQUESTS" },
  many_mails_to_address: { code: "TOO_MANY_REQUESTS", field: "email" },
  many_mails: { code: "TOO_MANY_REQUESTS" },
  many_mails_in_all: { code: "TOO_MANY_REQUESTS" },
  many_resends: { code: "TOO_MANY_REQUESTS" },
  many_passwords: { code: "TOO_MANY_REQUESTS", field: "password" },
  many_hand_offs: { code: "TOO_MANY_REQUESTS" },
  many_wrong_secrets: { code: "TOO_MANY_REQUESTS" },
  // Enlist's own state
  overloaded: { code: "SERVICE_UNAVAILABLE" },
  nothing_saved: { code: "SERVICE_UNAVAILABLE" },
  outcome_unknown: { code: "SERVICE_UNAVAILABLE" },
} as const satisfies Record<
  Exclude<RefusalReason, "fields_invalid" | "internal_server_error">,
  Rule
>;

export type Reason = keyof typeof REFUSALS;
