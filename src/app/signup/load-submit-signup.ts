import { isReloaded, isThere, loadAgain } from "../components/load-again.ts";
import type { SignupState } from "./submit-signup.ts";

const loadSubmitSignup = () => import("./submit-signup.ts");

/** What the page shows before anything has been sent. */
export const UNTOUCHED: SignupState = { is: "open", errors: {} };

/**
 * Loads what checks and sends the form as a person begins to fill it in, not before. What fails is tried
 * again when it is sent; but if the page is older than the server, and nothing is typed yet, the page is
 * loaded again.
 */
export async function loadAhead(form: HTMLFormElement): Promise<void> {
  const isLoaded = await loadSubmitSignup().then(
    () => true,
    () => false,
  );
  if (isLoaded || isReloaded() || !(await isThere(window.location.pathname))) return;
  if (![...new FormData(form).values()].some(Boolean)) loadAgain();
}

/** Checks and sends the form, as soon as it is loaded. Never throws. */
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
