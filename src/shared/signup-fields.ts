import * as z from "zod/mini";
import config from "#config";
import type { BrandConfig, ExtraField } from "./brand-config.ts";
import { canonicalAddress } from "./canonical-address.ts";
import { fieldKey as key } from "./field-key.ts";
import type { FormSettings } from "./form-settings.ts";
import { nameCharacter } from "./name-character.ts";
import { trimUnseen, UNSEEN } from "./trim-unseen.ts";

// zod/mini, because this file is part of the page's script. Its messages are keys of the texts in
// src/texts, which readFieldText turns into the person's language.

/** A lone surrogate cannot be stored as UTF-8; it would come back as another character. */
const wellFormed = z.refine<string>((value) => !/\p{Cs}/u.test(value), {
  error: key("broken_character"),
  abort: true,
});

/** Trims invisible characters, because people do not know they are there. */
const trimmed = z.overwrite(trimUnseen);

/**
 * Refuses and names invisible characters, which can disguise a value or make look-alikes differ.
 * @param allowed a regular expression's class of characters to allow
 */
function visible(allowed: string) {
  const unseen = new RegExp(`(?![${allowed}])${UNSEEN.source}`, "u");
  return z.refine<string>((value) => !unseen.test(value), {
    error: ({ input }) =>
      key("invisible_character", nameCharacter(unseen.exec(input as string)![0])),
    abort: true,
  });
}

/** Spaces, and the joiners and variation selectors that some scripts and emoji need. */
const NEEDED = String.raw`\p{Zs}\p{Join_Control}\p{Variation_Selector}`;

const required = (error: string) => z.minLength(1, { error, abort: true });

/** Counts code points, as PostgreSQL does and people would. */
const between = (min: number, max: number, error: string) =>
  z.refine<string>(
    (value) => {
      // A code point has at most two units, so a huge text need not be split.
      if (value.length > max * 2) return false;
      const length = Array.from(value).length;
      return length >= min && length <= max;
    },
    { error, abort: true },
  );

/** Characters without a shared meaning, or with endless combining marks. */
const SHAPELESS = /[\p{Co}\p{Noncharacter_Code_Point}]|\p{M}{9}/u;

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

const typedSchema = z.string(key("extra_invalid")).check(
  wellFormed,
  trimmed,
  visible(NEEDED),
  between(0, 1000, key("extra_invalid")),
  z.refine((text) => !SHAPELESS.test(text), key("extra_invalid")),
);

/** The field of the adopter's own, in an object, so that its key tells what it is. */
function extraSchemaOf({ name, schema }: ExtraField) {
  const isOptional = parseSafely(schema, undefined) !== undefined;
  const checked = z.transform((text: string | undefined, context) => {
    const parsed = parseSafely(schema, text || undefined);
    if (parsed) return parsed.data;
    context.issues.push({ code: "custom", message: key("extra_invalid"), input: text });
    return z.NEVER;
  });
  const field = z.pipe(isOptional ? z.optional(typedSchema) : typedSchema, checked);
  const fields = z.strictObject({ [name]: field }, key("extra_invalid"));
  return isOptional ? z.optional(fields) : fields;
}

/** What the adopter's schema makes of a text; undefined if that cannot be kept as JSON, or it fails. */
function parseSafely(
  schema: ExtraField["schema"],
  text: string | undefined,
): { data: unknown } | undefined {
  try {
    const { success, data } = z.safeParse(schema, text);
    // PostgreSQL keeps neither NUL nor halves of a character in JSON.
    const isKept = !/\\u(0000|d[89a-f])/i.test(JSON.stringify(data) ?? "");
    return success && isKept ? { data } : undefined;
  } catch {
    return undefined;
  }
}

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
