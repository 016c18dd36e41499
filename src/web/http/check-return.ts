import * as z from "zod/mini";
import type { Guard } from "#src/platform/http/guard.ts";
import type { Log } from "#src/platform/log.ts";
import { isRefusal } from "#src/platform/refusal.ts";
import { returnSchema } from "#src/shared/signup-schema.ts";
import { FIELD_TEXTS } from "#src/texts/field-texts.ts";
import { readFieldText } from "#src/texts/read-field-text.ts";
import type { Returns } from "#src/signup/return/returns.ts";

/** The parameter at fault, and why, for the log. */
interface Fault {
  parameter: "return_to" | "state";
  reason: string;
}

/**
 * Shows the page /signup/refused/[parameter] with 400 if `return_to` or `state` of the sign-up page's
 * URL will be refused, before a person fills in the form. OAuth's authorization endpoint does the
 * same (RFC 6749, 4.1.2.1).
 */
export function checkReturn(returns: Returns, log: Log): Guard {
  return (request, response, pass) => {
    const { pathname, searchParams } = new URL(`http://enlist${request.url}`);
    // With the language in front, because chooseLanguage comes first.
    const isSignup = /^\/[^/]+\/signup$/.test(pathname);
    const fault = isSignup ? findFault(returns, searchParams) : undefined;
    if (fault) {
      log.warn(fault, "link to the sign-up page refused");
      request.url = `${pathname}/refused/${fault.parameter}`;
      response.statusCode = 400;
    }
    pass();
  };
}

/** The reason for the log, in English. */
function explain({ issues }: z.core.$ZodError): string {
  return readFieldText(FIELD_TEXTS.en, issues[0]!.message);
}

function findFault(returns: Returns, query: URLSearchParams): Fault | undefined {
  for (const parameter of ["return_to", "state"] as const) {
    const given = query.getAll(parameter);
    if (given.length > 1) return { parameter, reason: "It is given more than once." };
    const field = parameter === "state" ? "state" : "returnTo";
    const parsed = z.safeParse(returnSchema, { [field]: given[0] || undefined });
    if (!parsed.success) return { parameter, reason: explain(parsed.error) };
    try {
      returns.check(parsed.data.returnTo);
    } catch (error) {
      if (isRefusal(error)) return { parameter, reason: error.message };
      throw error;
    }
  }
  return undefined;
}
