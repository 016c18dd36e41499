import { dictionary } from "@zxcvbn-ts/language-common";
import { describe, expect, it } from "vitest";
import { isGuessable } from "./is-guessable.ts";

const WHO = { username: "ada_lovelace", fullName: "Ada Lovelace", email: "ada@example.com" };

describe("a guessable password", () => {
  it.each([
    "password",
    "12345678",
    "qwertyuiop",
    "P@ssw0rd1",
    "p4$$w0rd",
    "1l0v3y0u!",
    "m0nk3y123",
    "saturday7",
    "ada_lovelace",
    "lovelace1815",
    "aaaaaaaaaaaaaaaaaaaaaaaa",
    "abcabcabcabcabcabc",
    "a".repeat(256),
  ])("is %s", (password) => expect(isGuessable({ password, ...WHO })).toBe(true));

  it("is each of the three thousand most common that are long enough", () => {
    const common = dictionary["passwords-common"];
    expect(common.length).toBeGreaterThan(30_000);
    const most = common.filter((password) => password.length >= 8).slice(0, 3000);
    expect(most).toHaveLength(3000);
    expect(most.filter((password) => !isGuessable({ password }))).toEqual([]);
  });

  it.each([
    "correct horse battery",
    "vexed-otter-lantern-42",
    "kJ8#mQ2$vL5n",
    "совершенно секретно 17",
    `${"a".repeat(100)} vexed-otter-lantern-42`,
  ])("is not %s", (password) => expect(isGuessable({ password, ...WHO })).toBe(false));

  it("depends on what is known of the person", () => {
    expect(isGuessable({ password: "zarquon-2026" })).toBe(false);
    for (const known of [
      { username: "zarquon" },
      { username: "the_zarquon" },
      { fullName: "Hoolovoo Zarquon" },
      { email: "h.zarquon@example.com" },
      { email: "h@zarquon.example" },
    ]) {
      expect(isGuessable({ password: "zarquon-2026", ...known })).toBe(true);
    }
  });
});
