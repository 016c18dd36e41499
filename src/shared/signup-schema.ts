import * as z from "zod/mini";
import { fieldKey as key } from "./field-key.ts";
import type { FormSettings } from "./form-settings.ts";
import { readDigits } from "./read-digits.ts";
import { emailSchema, signupFieldsOf, usernameSchema } from "./signup-fields.ts";

// The inputs of the API. See signup-fields.ts for the fields of the form.

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

const tokenSchema = z
  .string(key("link_incomplete"))
  .check(z.minLength(1, key("link_incomplete")), z.maxLength(200, key("link_too_long")));

/**
 * The input of `createUser`: the fields, an id that the form keeps over retries, the language of the
 * mails, the way back, and the token of an invitation.
 */
export function createUserSchemaOf(form: FormSettings) {
  return z.extend(signupFieldsOf(form), {
    requestId: z.string(NO_REQUEST_ID).check(z.regex(UUID, NO_REQUEST_ID)),
    /** A BCP 47 tag. Without one, it is the language that the request accepts. */
    language: z.optional(languageSchema),
    invitation: z.optional(tokenSchema),
    ...returnSchema.shape,
  });
}

type AllFields = z.infer<ReturnType<typeof createUserSchemaOf>>;

/** The fields that an installation may ask for or not. */
export const CHANGING_FIELDS = ["username", "fullName", "extra", "acceptedTerms"] as const;
type ChangingField = (typeof CHANGING_FIELDS)[number];

export type CreateUserInput = Omit<AllFields, ChangingField> &
  Partial<Pick<AllFields, ChangingField>>;

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

/** The input of `inspectInvitation`. */
export const invitationSchema = z.object({ token: tokenSchema });

/** The input of `handOff`: nothing, or the token on the page of a link. */
export const handOffSchema = z.object({ token: z.optional(tokenSchema) });
