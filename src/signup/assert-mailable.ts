import type { Env } from "#src/platform/env.ts";
import { isRefusal, Refusal } from "#src/platform/refusal.ts";
import { createTakesMail, isReservedDomain, type TakesMail } from "./takes-mail.ts";

/**
 * Refuses an address that no mail can reach, before any other work.
 * @param email in the form of `canonicalAddress`
 * @throws {Refusal} BAD_REQUEST on `email`
 */
export type AssertMailable = (email: string) => Promise<void>;

/** @param takesMail asks DNS; used only if `CHECK_MAIL_DOMAINS` is "dns" */
export function createAssertMailable(
  { SMTPUTF8, CHECK_MAIL_DOMAINS: check }: Pick<Env, "SMTPUTF8" | "CHECK_MAIL_DOMAINS">,
  takesMail: TakesMail = createTakesMail(),
): AssertMailable {
  return async (email) => {
    const at = email.lastIndexOf("@");
    const [letter] = /[^\0-\x7f]/u.exec(email.slice(0, at)) ?? [];
    if (letter && SMTPUTF8 === "off") {
      throw new Refusal("address_unsupported", { letter });
    }
    const domain = email.slice(at + 1);
    if (check === "off") return;
    if (isReservedDomain(domain) || (check === "dns" && !(await takesMail(domain)))) {
      throw new Refusal("domain_takes_no_mail", { domain });
    }
  };
}

/**
 * Whether an address was refused. DNS may have answered differently for an earlier identical
 * request.
 */
export function isUnmailable(error: unknown): boolean {
  return isRefusal(error) && error.code === "BAD_REQUEST" && error.field === "email";
}
