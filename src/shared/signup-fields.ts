import * as z from "zod/mini";
import config from "#config";
import type { BrandConfig } from "./brand-config.ts";
import { canonicalAddress } from "./canonical-address.ts";
import { extraSchemaOf } from "./extra-schema.ts";
import { fieldKey as key } from "./field-key.ts";
import type { FormSettings } from "./form-settings.ts";
import {
  between,
  NEEDED,
  required,
  SHAPELESS,
  trimmed,
  visible,
  wellFormed,
} from "./text-rules.ts";

// zod/mini, because this file is part of the page's script. Its messages are keys of the texts in
// src/texts, which readFieldText turns into the person's language.

/** Names in any script, without characters of markup or code. */
const NAME = /^[^<>{}[\]\\|;=`^~$%*+#@_]*$/u;

/**
 * RFC 5321, 4.1.2: a dot-string, an @, and a domain of at least two labels. Before the @ also other
 * scripts (RFC 6531, 3.3), which not all mail servers support.
 */
const EMAIL =
  /^(?!.*(?:\p{Default_Ignorable_Code_Point}|\p{M}{9}))[\w!#$%&'*+/=?^`{|}~\p{L}\p{M}\p{N}-]+(\.[\w!#$%&'*+/=?^`{|}~\p{L}\p{M}\p{N}-]+)*@([A-Za-z\d]([A-Za-z\d-]{0,61}[A-Za-z\d])?\.)+[A-Za-z]([A-Za-z\d-]{0,61}[A-Za-z\d])$/u;

/** Whether this is an address of at most 64 bytes before the @, and 254 in total. */
function isAddress(text: string): boolean {
  return EMAIL.test(text) && sizeOf(text.slice(0, text.indexOf("@"))) <= 64 && sizeOf(text) <= 254;
}

function sizeOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

export const usernameSchema = z
  .string(key("username_missing"))
  .check(
    wellFormed,
    trimmed,
    visible(" "),
    required(key("username_missing")),
    between(3, 100, key("username_length")),
    z.regex(/^[a-z0-9_]+$/, key("username_characters")),
  );

/** A name, or nothing. */
const optionalNameSchema = z.string(key("name_missing")).check(
  wellFormed,
  trimmed,
  visible(String.raw`${NEEDED}\u180e`),
  between(0, 100, key("name_length")),
  z.regex(NAME, key("name_characters")),
  z.refine((name) => !SHAPELESS.test(name), key("name_shapeless")),
  z.regex(/\p{L}|^$/u, key("name_without_letter")),
);

const fullNameSchema = optionalNameSchema.check(required(key("name_missing")));

export const emailSchema = z
  .string(key("email_missing"))
  .check(
    wellFormed,
    trimmed,
    visible(" "),
    required(key("email_missing")),
    between(1, 254, key("email_length")),
    z.overwrite(canonicalAddress),
    z.refine(isAddress, key("email_invalid")),
  );

export const passwordSchema = z.string(key("password_missing")).check(
  wellFormed,
  // Do not trim it, but refuse characters that cannot be typed again.
  visible(String.raw`${NEEDED}\u{e0020}-\u{e007f}`),
  required(key("password_missing")),
  between(1, 256, key("password_length")),
  // Devices compose accents differently, so normalise first (NIST SP 800-63B).
  z.normalize("NFKC"),
  between(8, 256, key("password_length")),
);

/** The person accepts the terms that the page links to. */
const acceptedTermsOf = (version: string) =>
  z.literal(version, {
    error: ({ input }) => key(input === undefined ? "terms_missing" : "terms_changed"),
  });

type BrandFields = Pick<BrandConfig, "termsVersion" | "extraField">;

const BRAND: BrandConfig = config;

/** For a field that this installation does not ask for: what is given would be lost. */
const unasked = z.optional(z.never(key("field_unasked")));

/**
 * The fields of a form. All are checked, so that every error is shown at once. The server adds one
 * rule: the password must not be guessable.
 * @param brand what only the brand's file can say
 */
export function signupFieldsOf(
  { usernames, fullNames, terms }: FormSettings,
  { termsVersion = "", extraField }: BrandFields = BRAND,
) {
  return z.object({
    username: usernames === "on" ? usernameSchema : unasked,
    fullName:
      fullNames === "off"
        ? unasked
        : fullNames === "optional"
          ? z.optional(optionalNameSchema)
          : fullNameSchema,
    email: emailSchema,
    password: passwordSchema,
    extra: extraField ? extraSchemaOf(extraField) : unasked,
    acceptedTerms: terms === "accept" ? acceptedTermsOf(termsVersion) : unasked,
  });
}

/** The names of the fields, in display order. */
export const SIGNUP_FIELDS = [
  "username",
  "fullName",
  "email",
  "password",
  "extra",
  "acceptedTerms",
] as const;
export type SignupField = (typeof SIGNUP_FIELDS)[number];
