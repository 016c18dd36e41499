import { formatsOf } from "../formats.ts";

const { plural } = formatsOf("en");

/**
 * Why a field's value is refused. The keys are the messages of src/shared/signup-schema.ts; what
 * follows a colon there is the parameter here.
 */
export const fields = {
  broken_character: () => "This contains a broken character. Please type it again.",
  /** @param name its Unicode name, which is English everywhere */
  invisible_character: (name: string) =>
    `This holds a character that cannot be seen: ${name}. Please remove it.`,
  username_missing: () => "Choose a username.",
  username_length: () => "A username has 3 to 100 characters.",
  username_characters: () => "Use lower-case letters a–z, digits and _ only.",
  name_missing: () => "Tell us your name.",
  name_length: () => "A name has at most 100 characters.",
  name_characters: () => "Names can't contain characters such as < > ; = or @.",
  name_shapeless: () => "Names can't contain characters that have no visible shape.",
  name_without_letter: () => "A name needs at least one letter.",
  email_missing: () => "Enter your e-mail address.",
  email_length: () => "An e-mail address has at most 254 characters.",
  email_invalid: () => "This does not look like an e-mail address, such as ada@example.com.",
  password_missing: () => "Choose a password.",
  password_length: () => "A password has 8 to 256 characters.",
  password_to_enter: () => "Enter your password.",
  password_too_long: () => "The password is too long.",
  field_unasked: () => "This sign-up does not ask for this.",
  terms_missing: () => "Please accept the terms to sign up.",
  terms_changed: () => "The terms have changed meanwhile. Please load the page again.",
  /** Of the field of the adopter's own, if its settings have no text for it. */
  extra_invalid: () => "Please check what you entered here.",
  code_missing: () => "Enter the 8 digits of the code.",
  code_not_alone: () => "The code has 8 digits. Please enter nothing else.",
  /** @param count how many digits there are */
  code_length: (count: string) =>
    plural(Number(count), {
      one: "The code has 8 digits; this is one.",
      other: "The code has 8 digits; these are #.",
    }),
  link_incomplete: () => "The link is incomplete.",
  link_too_long: () => "The link is too long.",
  request_id_invalid: () =>
    "requestId must be a UUID of your own, made for this sign-up, that stays the same over its retries.",
  language_invalid: () => "language must be a BCP 47 tag, such as en or pt-BR.",
  state_invalid: () => "state must be 1 to 500 visible ASCII characters or spaces.",
  return_to_invalid: () => "returnTo must be a URL of at most 2000 characters.",
};

export type FieldTexts = Record<keyof typeof fields, (detail: string) => string>;
