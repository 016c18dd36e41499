import { z } from "zod";
import { parseTrust } from "./client-address.ts";
import { findReturnFault } from "./find-return-fault.ts";

// The kinds of values that the variables of env-schema.ts have.

/** RESERVED_USERNAMES: names separated by commas; `-name` frees one, `-*` all built-in ones. */
export const RESERVED_LIST = /^(-?[a-z0-9_]+|-\*)(\s*,\s*(-?[a-z0-9_]+|-\*))*$/;

export const url = (...protocols: string[]) =>
  z
    .string("is missing")
    .refine(
      (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
      `must be a URL that begins with ${protocols.map((p) => `${p}//`).join(" or ")}`,
    )
    .refine(
      (value) => !/sslmode=no-verify|uselibpqcompat|rejectUnauthorized=(false|0)/i.test(value),
      "must not switch off the check of certificates; NODE_EXTRA_CA_CERTS names an authority of your own",
    );

export const whole = (min: number, max: number) =>
  z.coerce
    .number("must be a number")
    .int("must be a whole number")
    .min(min, `must be at least ${min}`)
    .max(max, `must be at most ${max}`);

export const count = (byDefault: number, min: number, max: number) =>
  whole(min, max).default(byDefault);

/** Texts with commas between them, without the spaces around each. */
export const listed = z
  .string("is missing")
  .transform((text) => text.split(",").map((part) => part.trim()));

/** One secret or several, with commas between them. */
export const secrets = listed
  .refine((all) => all.every((secret) => secret.length >= 32), {
    error: "must have at least 32 characters; if commas separate several, each of them",
  })
  .transform((all) => all as [string, ...string[]]);

/** An address of the application, to which `code` and `state` may be added. */
export const returnUrl = url("http:", "https:").refine((value) => !findReturnFault(value), {
  error: ({ input }) => findReturnFault(input as string),
});

/** Whether a secret is as Standard Webhooks has it. */
export function isWebhookSecret(secret: string): boolean {
  const encoded = /^whsec_([A-Za-z0-9+/]+=*)$/.exec(secret)?.[1] ?? "";
  const { length } = Buffer.from(encoded, "base64");
  return length >= 24 && length <= 64;
}

/** Whether TRUST_PROXY can be read. */
export function isTrust(value: string): boolean {
  try {
    parseTrust(value);
    return true;
  } catch {
    return false;
  }
}
