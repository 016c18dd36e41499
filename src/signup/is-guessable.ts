import { ENOUGH, type Credentials } from "#src/shared/password-strength.ts";
import { ratePassword } from "./rate-password.ts";

/** Whether someone who knows the other fields could guess the password. */
export function isGuessable(credentials: Credentials): boolean {
  return ratePassword(credentials).score < ENOUGH;
}
