import * as z from "zod/mini";
import { SIGNUP_FIELDS, signupFieldsSchema, type SignupField } from "#src/shared/signup-schema.ts";
import { toFailure, trpc } from "#src/client/client.ts";
import { languageOfPage, textsOfPage } from "#src/client/texts.ts";
import type { FieldTexts } from "#src/texts/en/fields.ts";
import { readFieldText } from "#src/texts/read-field-text.ts";
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
  | { is: "sent"; username: string; email: string; earlier: boolean };

/** Validates the form with the server's schema, then signs up. Never throws. */
export async function submitSignup(form: FormData, texts: FieldTexts): Promise<SignupState> {
  const fields = z.safeParse(signupFieldsSchema, Object.fromEntries(form));
  if (!fields.success) {
    const { fieldErrors } = z.flattenError(fields.error, ({ message }) =>
      readFieldText(texts, message),
    );
    return { is: "open", errors: firstOfEach(fieldErrors) };
  }
  try {
    const input = {
      requestId: requestId(),
      ...fields.data,
      language: languageOfPage(),
      ...wayBack(),
    };
    const { user } = await trpc.createUser.mutate(input);
    forgetRequestId();
    const { email, username } = user;
    const earlier = email !== fields.data.email || username !== fields.data.username;
    return { is: "sent", username, email, earlier };
  } catch (error) {
    const failure = toFailure(error);
    if (failure.field === "requestId") forgetRequestId();
    const blamed = failure.field ? { [failure.field]: [failure.message] } : {};
    const errors = firstOfEach({ ...blamed, ...failure.fieldErrors });
    if (Object.keys(errors).length > 0) return { is: "open", errors };
    // The server refuses a value that this page finds valid, or a field that it does not have.
    if (isWayBack(failure.field)) return { is: "open", errors, message: failure.message };
    const isOutdated = failure.code === "OUTDATED" || failure.code === "BAD_REQUEST";
    return {
      is: "open",
      errors,
      message: isOutdated ? textsOfPage().outdated : failure.message,
      isOutdated,
    };
  }
}

/** What the application that sent the person here has put into this page's URL. */
function wayBack(): { returnTo?: string; state?: string } {
  const query = new URLSearchParams(window.location.search);
  const [returnTo, state] = [query.get("return_to"), query.get("state")];
  return { ...(returnTo ? { returnTo } : {}), ...(state ? { state } : {}) };
}

const isWayBack = (field: string | undefined) => field === "returnTo" || field === "state";

/** The first error of each field of the form. */
function firstOfEach(errors: Record<string, string[] | undefined>): FieldErrors {
  return Object.fromEntries(
    SIGNUP_FIELDS.flatMap((name) => (errors[name]?.[0] ? [[name, errors[name][0]]] : [])),
  );
}
