import * as z from "zod/mini";
import type { Guard } from "#src/platform/http/guard.ts";
import { isRefusal } from "#src/platform/refusal.ts";
import { returnSchema } from "#src/shared/signup-schema.ts";
import type { Returns } from "#src/signup/return/returns.ts";

/** The page for a link to the sign-up page that would lead back to somebody else. */
const REFUSED = "/signup/refused";

/**
 * Shows the page {@link REFUSED} with 400 if `return_to` or `state` of the sign-up page's URL will
 * be refused, before a person fills in the form. OAuth's authorization endpoint does the same (RFC
 * 6749, 4.1.2.1).
 */
export function checkReturn(returns: Returns): Guard {
  return (request, response, pass) => {
    const { pathname, searchParams } = new URL(`http://enlist${request.url}`);
    if (pathname.replace(/\/+$/, "") === "/signup" && !isRight(returns, searchParams)) {
      request.url = REFUSED;
      response.statusCode = 400;
    }
    pass();
  };
}

function isRight(returns: Returns, query: URLSearchParams): boolean {
  if (query.getAll("return_to").length > 1 || query.getAll("state").length > 1) return false;
  const given = {
    returnTo: query.get("return_to") || undefined,
    state: query.get("state") || undefined,
  };
  try {
    if (!z.safeParse(returnSchema, given).success) return false;
    returns.check(given.returnTo);
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}
