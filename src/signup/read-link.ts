import { readSignedId, type Purpose, type Secrets } from "#src/platform/signed-id.ts";
import { wholeTokens } from "./whole-tokens.ts";

/** The id that a link's token signs, even if a mail program altered it; null if it signs none. */
export function readLink(
  secrets: Secrets,
  purpose: Extract<Purpose, `${string}-link`>,
  token: string,
): string | null {
  for (const whole of wholeTokens(token)) {
    const id = readSignedId(secrets, purpose, whole);
    if (id) return id;
  }
  return null;
}
