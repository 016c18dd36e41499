import type { SignupState } from "./submit-signup.ts";

/** Loads what checks and sends the form. It comes when a person begins to fill it in, not before. */
export const loadSubmitSignup = () => import("./submit-signup.ts");

/** What the page shows before anything has been sent. */
export const UNTOUCHED: SignupState = { is: "open", errors: {} };

/** Checks and sends the form, as soon as it is loaded. Never throws. */
export async function submitWhenLoaded(state: SignupState, form: FormData): Promise<SignupState> {
  const loaded = await loadSubmitSignup().catch(() => null);
  if (loaded) return loaded.submitSignup(state, form);
  return {
    is: "open",
    errors: {},
    message: "We could not reach the server. Nothing was sent yet; please try again.",
  };
}
