import type { WebEnv } from "#src/platform/env.ts";
import { findReturnFault } from "#src/platform/find-return-fault.ts";
import { Refusal } from "#src/platform/refusal.ts";
import type { ContinueTo } from "#src/shared/continue-to.ts";

/** Where verified people may go on. */
export interface Returns {
  /**
   * The address that a sign-up is to lead back to, written as a browser does.
   * @throws {Refusal} BAD_REQUEST on `returnTo` if RETURN_URL and RETURN_URLS do not allow it
   */
  check(returnTo: string | undefined): string | undefined;
  /**
   * Where a person continues; undefined without RETURN_URL.
   * @param returnTo what was kept with the sign-up; no longer used if it is no longer allowed
   */
  continueTo(returnTo: string | null): ContinueTo | undefined;
}

/** Reads the allow-list of this installation. */
export function createReturns(
  env: Pick<WebEnv, "RETURN_URL" | "RETURN_URLS" | "RETURN_NAME">,
): Returns {
  const { RETURN_URL, RETURN_URLS, RETURN_NAME } = env;
  const allowed = [RETURN_URL ?? [], RETURN_URLS].flat().map((text) => new URL(text));
  const findFault = (text: string) => {
    const fault = findReturnFault(text);
    if (fault || allowed.some((prefix) => isWithin(new URL(text), prefix))) return fault;
    return RETURN_URL
      ? "is not within RETURN_URL or RETURN_URLS"
      : "is given, but there is no RETURN_URL";
  };
  return {
    check(returnTo) {
      if (returnTo === undefined) return undefined;
      const fault = findFault(returnTo);
      if (!fault) return new URL(returnTo).href;
      throw new Refusal("return_not_allowed", { fault });
    },
    continueTo(returnTo) {
      if (!RETURN_URL) return undefined;
      const url = returnTo !== null && !findFault(returnTo) ? returnTo : RETURN_URL;
      return { url, name: RETURN_NAME ?? new URL(url).host };
    },
  };
}

/** Whether it has the scheme, host and port of the prefix, and its path or one below it. */
function isWithin({ origin, pathname }: URL, prefix: URL): boolean {
  const folder = prefix.pathname.replace(/\/?$/, "/");
  return origin === prefix.origin && (pathname === prefix.pathname || pathname.startsWith(folder));
}
