import { parseAccept } from "hono/utils/accept";
import { closestLanguage } from "#src/shared/closest-language.ts";
import type { Language } from "#src/shared/languages.ts";
import { brand } from "../brand.ts";

/** Longer headers are cut off, because no browser sends one. */
const LONGEST = 1000;

/**
 * The language that an `Accept-Language` header asks for (RFC 9110, 12.5.4), or the brand's default.
 */
export function acceptLanguage(header: string | null | undefined): Language {
  const wanted = parseAccept((header ?? "").slice(0, LONGEST)).filter(({ q }) => q > 0);
  return closestLanguage(wanted.map(({ type }) => type)) ?? brand.defaultLanguage;
}
