import { ENOUGH, ratePassword, type Credentials } from "#src/shared/password-strength.ts";

/** Whether a password would fall to guessing by whoever knows the person's other fields. */
export function isGuessable(credentials: Credentials): boolean {
  return ratePassword(credentials).score < ENOUGH;
}
