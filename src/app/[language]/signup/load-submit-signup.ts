import { isReloaded, isThere, loadAgain } from "../../components/load-again.ts";
import type { SignupState } from "./submit-signup.ts";

const loadSubmitSignup = () => import("./submit-signup.ts");

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
export async function submitWhenLoaded(state: SignupState, form: FormData): Promise<SignupState> {
  const loaded = await loadSubmitSignup().catch(() => null);
  if (loaded) return loaded.submitSignup(state, form);
  if (await isThere(window.location.pathname)) return OUTDATED;
  return {
    is: "open",
    errors: {},
    message: "We couldn't reach the server. Nothing was sent yet; please try again.",
  };
}

const OUTDATED: SignupState = {
  is: "open",
  errors: {},
  message: "This page is older than our server. Nothing was sent yet; please load the page again.",
  isOutdated: true,
};
