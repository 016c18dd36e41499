import { loadFieldTexts, textsOfPage } from "#src/client/texts.ts";
import { isReloaded, isThere, loadAgain } from "../../components/load-again.ts";
import type { Signup, SignupState } from "./submit-signup.ts";

async function loadSubmitSignup() {
  const [{ submitSignup }, fields] = await Promise.all([
    import("./submit-signup.ts"),
    loadFieldTexts(),
  ]);
  return (to: Signup, typed: FormData) => submitSignup(to, typed, fields);
}

/** The state before anything was sent. */
export const UNTOUCHED: SignupState = { is: "open", errors: {} };

/**
 * Loads the code that checks and sends the form once a person starts to fill it in. A failed load
 * is retried when sending, but an outdated page without any input is reloaded.
 */
export async function loadAhead(form: HTMLFormElement): Promise<void> {
  const isLoaded = await loadSubmitSignup().then(
    () => true,
    () => false,
  );
  if (isLoaded || isReloaded() || !(await isThere(window.location.pathname))) return;
  if (![...new FormData(form).values()].some(Boolean)) loadAgain();
}

/** Checks and sends the form once the code is loaded. Never throws. */
export async function submitWhenLoaded(to: Signup, typed: FormData): Promise<SignupState> {
  const submit = await loadSubmitSignup().catch(() => null);
  if (submit) return submit(to, typed);
  const { nothingSent, outdated } = textsOfPage().signUp;
  if (await isThere(window.location.pathname)) {
    return { is: "open", errors: {}, message: outdated, isOutdated: true };
  }
  return { is: "open", errors: {}, message: nothingSent };
}
