import { describe, expect, it } from "vitest";
import { passwordAdvice } from "#src/texts/en/password-advice.ts";
import { adviseOn } from "#src/app/[language]/signup/password-advice.ts";
import { createUser } from "./create-user.ts";
import { refusalText } from "#src/platform/refusal.ts";
import { testDatabase } from "#test/fixtures/database.ts";
import { signupDeps, testServices, whenReady } from "#test/fixtures/services.ts";
import { aSignup } from "#test/system/person.ts";
import { ratePassword } from "./rate-password.ts";
import { ENOUGH } from "#src/shared/password-strength.ts";

const services = await testServices(await testDatabase());
await whenReady(services);

const PASSWORDS = [
  "password",
  "P@ssword99",
  "drowssap1",
  "HELLOWORLD",
  "qwertyuiop",
  "abcdefgh12",
  "abcabcabc",
  "12.03.1987",
  "Ada Lovelace",
  "ada_lovelace1",
  "lantern17x",
  "𝓹𝓪𝓼𝓼𝔀𝓸𝓻𝓭",
  "vexed-otter",
  "correct horse battery",
  "certain mule charger nail",
  "пароль12345",
  `${"a".repeat(100)} vexed-otter-lantern-42`,
];

describe("the rating on the page", () => {
  it.each(PASSWORDS)("of %s agrees with the server's decision", async (password) => {
    // As typed, before trimming.
    const typed = aSignup({ password, fullName: "  Ada Lovelace ", email: " ada@example.com" });
    const { score } = ratePassword(typed);
    const answer = createUser(signupDeps(services), services.parseSignup(typed));
    if (score >= ENOUGH) await expect(answer).resolves.toBeTruthy();
    else await expect(answer).rejects.toThrow(refusalText("en", "password_guessable"));
  });

  it.each(PASSWORDS)("of %s comes with short advice", (password) => {
    const strength = ratePassword({ ...aSignup(), password });
    const advice = adviseOn(strength, passwordAdvice);
    expect(advice).toMatch(strength.score >= ENOUGH ? /^(Good|Strong)/ : /^(Weak|Fair).*[Aa]dd /);
    expect(advice.length).toBeLessThan(100);
    expect(advice).not.toMatch(/undefined|null/);
  });
});
