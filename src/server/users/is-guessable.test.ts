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

  it.each([
    "correct horse battery",
    "vexed-otter-lantern-42",
    "kJ8#mQ2$vL5n",
    "совершенно секретно 17",
    `${"a".repeat(100)} vexed-otter-lantern-42`,
  ])("is not %s", (password) => expect(isGuessable({ password, ...WHO })).toBe(false));

  it("depends on what is known of the person", () => {
    expect(isGuessable({ password: "zarquon-2026" })).toBe(false);
    expect(isGuessable({ password: "zarquon-2026", username: "zarquon" })).toBe(true);
  });
});
