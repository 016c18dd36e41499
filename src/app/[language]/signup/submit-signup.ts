import * as z from "zod/mini";
import { extraError } from "#src/shared/extra-error.ts";
import { signupFieldsOf, type SignupField } from "#src/shared/signup-fields.ts";
import { toFailure, trpc } from "#src/client/client.ts";
import { languageOfPage, textsOfPage } from "#src/client/texts.ts";
import type { FieldTexts } from "#src/texts/en/fields.ts";
import { readFieldText } from "#src/texts/read-field-text.ts";
import type { AskedFields } from "./asked-fields.ts";
import { forgetRequestId, requestId } from "./request-id.ts";

type FieldErrors = Partial<Record<SignupField, string>>;

/** The form with its errors, or that the mail is on its way. */
export type SignupState =
  | {
      is: "open";
      errors: FieldErrors;
      message?: string;
      /** Whether the page is older than the server and must be reloaded. */
      isOutdated?: boolean;
    }
  /** `earlier`: an earlier attempt had succeeded with other details. */
  | {
      is: "sent";
      username: string | null;
      email: string;
      earlier: boolean;
      /** Whether there is nothing to confirm, because the person came by an invitation. */
      verified: boolean;
    };

/** What the form is for. */
export interface Signup {
  asked: AskedFields;
  /** The token of an invitation. */
  invitation?: string | undefined;
}

/** Validates the form with the server's schema, then signs up. Never throws. */
export async function submitSignup(
  { asked, invitation }: Signup,
  typed: FormData,
  texts: FieldTexts,
): Promise<SignupState> {
  const values = readForm(asked, typed);
  const fields = z.safeParse(signupFieldsOf(asked.form), values);
  if (!fields.success) {
    const { fieldErrors } = z.flattenError(
      fields.error,
      ({ message }) => extraError(languageOfPage(), message) ?? readFieldText(texts, message),
    );
    return { is: "open", errors: firstOfEach(asked, fieldErrors) };
  }
  try {
    const { extra } = values;
    const input = {
      requestId: requestId(),
      ...fields.data,
      // As it was typed: the server's schema makes the value of it.
      ...(extra === undefined ? {} : { extra }),
      language: languageOfPage(),
      invitation,
      ...wayBack(),
    };
    const { user } = await trpc.createUser.mutate(input);
    forgetRequestId();
    const { email, username, emailVerifiedAt } = user;
    const isOther = (username ?? undefined) !== fields.data.username;
    const earlier = isOther || email.toLowerCase() !== fields.data.email.toLowerCase();
    return { is: "sent", username, email, earlier, verified: emailVerifiedAt !== null };
  } catch (error) {
    const failure = toFailure(error);
    if (failure.field === "requestId") forgetRequestId();
    const blamed = failure.field ? { [failure.field]: [failure.message] } : {};
    const errors = firstOfEach(asked, { ...blamed, ...failure.fieldErrors });
    if (Object.keys(errors).length > 0) return { is: "open", errors };
    // The server refuses a value that this page finds valid, or a field that it does not have.
    if (isWayBack(failure.field)) return { is: "open", errors: {}, message: failure.message };
    const isOutdated = failure.code === "OUTDATED" || failure.code === "BAD_REQUEST";
    return {
      is: "open",
      errors: {},
      message: isOutdated ? textsOfPage().outdated : failure.message,
      isOutdated,
    };
  }
}

interface Typed extends Record<string, unknown> {
  extra?: Record<string, unknown>;
}

/** What was typed, as the API takes it. */
function readForm({ extra }: AskedFields, typed: FormData): Typed {
  const values = Object.fromEntries(typed);
  return extra ? { ...values, extra: { [extra.name]: values[extra.input] } } : values;
}

/** What the application that sent the person here has put into this page's URL. */
function wayBack(): { returnTo?: string; state?: string } {
  const query = new URLSearchParams(window.location.search);
  const [returnTo, state] = [query.get("return_to"), query.get("state")];
  return { ...(returnTo ? { returnTo } : {}), ...(state ? { state } : {}) };
}

const isWayBack = (field: string | undefined) => field === "returnTo" || field === "state";

/** The first error of each field of the form. */
function firstOfEach(
  { form, terms, extra }: AskedFields,
  errors: Record<string, string[] | undefined>,
): FieldErrors {
  const isShown: Record<SignupField, boolean> = {
    username: form.usernames === "on",
    fullName: form.fullNames !== "off",
    email: true,
    password: true,
    extra: extra !== undefined,
    acceptedTerms: terms !== undefined,
  };
  return Object.fromEntries(
    Object.entries(errors).flatMap(([name, messages]) =>
      messages?.[0] && isShown[name as SignupField] ? [[name, messages[0]]] : [],
    ),
  );
}
