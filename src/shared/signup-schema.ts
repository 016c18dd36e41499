import * as z from "zod/mini";
import type { FieldTexts } from "#src/texts/en/fields.ts";
import { canonicalAddress } from "./canonical-address.ts";
import { nameCharacter } from "./name-character.ts";
import { readDigits } from "./read-digits.ts";
import { trimUnseen, UNSEEN } from "./trim-unseen.ts";

// zod/mini, because this file is part of the page's script. Its messages are keys of the texts in
// src/texts, which readFieldText turns into the person's language.

function key(name: keyof FieldTexts, detail?: string): string {
  return detail === undefined ? name : `${name}:${detail}`;
}

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

const fullNameSchema = z.string(key("name_missing")).check(
  wellFormed,
  trimmed,
  visible(String.raw`${NEEDED}\u180e`),
  required(key("name_missing")),
  between(1, 100, key("name_length")),
  z.regex(NAME, key("name_characters")),
  z.refine((name) => !SHAPELESS.test(name), key("name_shapeless")),
  z.regex(/\p{L}/u, key("name_without_letter")),
);

const emailSchema = z
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

/**
 * The fields of the form. All are checked, so that every error is shown at once. The server adds
 * one rule: the password must not be guessable.
 */
export const signupFieldsSchema = z.object({
  username: usernameSchema,
  fullName: fullNameSchema,
  email: emailSchema,
  password: passwordSchema,
});

/** The names of the fields, in display order. */
export const SIGNUP_FIELDS = ["username", "fullName", "email", "password"] as const;
export type SignupField = (typeof SIGNUP_FIELDS)[number];

/** The input of `usernameAvailable`. */
export const usernameAvailableSchema = z.object({ username: usernameSchema });

/**
 * A generated UUID (RFC 9562): versions 1 to 8 in the RFC's variant. The nil and max UUIDs are
 * refused, because they are not unique. Without flags, because JSON Schema has none.
 */
const UUID =
  /^[\da-fA-F]{8}-[\da-fA-F]{4}-[1-8][\da-fA-F]{3}-[89abAB][\da-fA-F]{3}-[\da-fA-F]{12}$/;

const NO_REQUEST_ID = key("request_id_invalid");

const NO_STATE = key("state_invalid");
const NO_RETURN = key("return_to_invalid");

/** What the application gives for the way back: `return_to` and `state` of the page's URL. */
export const returnSchema = z.object({
  returnTo: z.optional(
    z.string(NO_RETURN).check(z.minLength(1, NO_RETURN), z.maxLength(2000, NO_RETURN)),
  ),
  // As RFC 6749, appendix A.5.
  state: z.optional(z.string(NO_STATE).check(z.regex(/^[ -~]{1,500}$/, NO_STATE))),
});

const languageSchema = z
  .string(key("language_invalid"))
  .check(z.regex(/^(?=.{2,35}$)[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, key("language_invalid")));

/**
 * The input of `createUser`: the fields, an id that the form keeps over retries, the language of the
 * mails, the way back.
 */
export const createUserSchema = z.extend(signupFieldsSchema, {
  requestId: z.string(NO_REQUEST_ID).check(z.regex(UUID, NO_REQUEST_ID)),
  /** A BCP 47 tag. Without one, it is the language that the request accepts. */
  language: z.optional(languageSchema),
  ...returnSchema.shape,
});

export type CreateUserInput = z.infer<typeof createUserSchema>;

const tokenSchema = z
  .string(key("link_incomplete"))
  .check(z.minLength(1, key("link_incomplete")), z.maxLength(200, key("link_too_long")));

/** The code from a mail: any text with exactly eight digits, however it was typed or pasted. */
export const codeSchema = z.string(key("code_missing")).check(
  z.maxLength(1000, { error: key("code_not_alone"), abort: true }),
  z.overwrite(readDigits),
  z.refine((digits) => digits.length === 8, {
    error: ({ input }) => describeDigits((input as string).length),
  }),
);

function describeDigits(count: number): string {
  return count === 0 ? key("code_missing") : key("code_length", String(count));
}

/**
 * The input of `verifyEmail`: either the link's token, with the password in another browser, or the
 * code, in the browser that signed up.
 */
export const verifyEmailSchema = z
  .object({
    token: z.optional(tokenSchema),
    password: z.optional(
      z.string(key("password_to_enter")).check(z.maxLength(1024, key("password_too_long"))),
    ),
    code: z.optional(codeSchema),
  })
  .check(
    z.refine(({ token, code }) => (token === undefined) !== (code === undefined), {
      path: ["token"],
      error: key("link_incomplete"),
    }),
  );

/**
 * The input of `resendVerification`: nothing if the cookie identifies the caller, or a link's
 * token; and the language of the mail, if it is to change.
 */
export const resendVerificationSchema = z.optional(
  z.object({ token: z.optional(tokenSchema), language: z.optional(languageSchema) }),
);

/** The input of `correctEmail`. */
export const correctEmailSchema = z.object({
  email: emailSchema,
  language: z.optional(languageSchema),
});

/**
 * The input of `inspectLink` and `discardSignup`. Both are mutations, to keep the secret out of
 * URLs.
 */
export const linkSchema = z.object({ token: tokenSchema });

/** The input of `handOff`: nothing, or the token on the page of a link. */
export const handOffSchema = z.object({ token: z.optional(tokenSchema) });
