import { aPerson } from "#test/system/person.ts";
import type { Stack } from "../stack.ts";
import { LABELS } from "../test.ts";
import type { Tab } from "./device.ts";
import { click, fill, find, heading, words } from "./find.ts";

/** Fills in the form of the sign-up page, sends it, and sees what follows. */
export async function signUpOn(tab: Tab, stack: Stack, query = "") {
  const person = aPerson();
  await tab.goto(`${stack.url}/signup${query}`);
  for (const name of ["username", "fullName", "email", "password"] as const) {
    await fill(tab, LABELS[name], person[name]);
  }
  await click(tab, "Sign up");
  await find(tab, heading("Check your inbox"));
  await find(tab, words(person.email));
  await find(tab, words("Mail handed over for delivery"));
  return person;
}
