import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readSignedId, signId } from "./signed-id.ts";

const SECRET = "a secret for the tests, long enough";

describe("a signed id", () => {
  it("reads back as the id, and is the same each time", () => {
    const id = randomUUID();
    const text = signId(SECRET, "verification-link", id);
    expect(text).toMatch(/^[\w-]{64}$/);
    expect(readSignedId(SECRET, "verification-link", text)).toBe(id);
    expect(signId(SECRET, "verification-link", id)).toBe(text);
  });

  it("is worth nothing with any one character changed", () => {
    const text = signId(SECRET, "verification-link", randomUUID());
    for (let at = 0; at < text.length; at++) {
      const other = text[at] === "A" ? "B" : "A";
      const forged = text.slice(0, at) + other + text.slice(at + 1);
      expect(readSignedId(SECRET, "verification-link", forged)).toBeNull();
    }
  });

  it("is worth nothing for another purpose, or under another secret", () => {
    const text = signId(SECRET, "verification-link", randomUUID());
    expect(readSignedId(SECRET, "signup-cookie", text)).toBeNull();
    expect(readSignedId(`${SECRET}!`, "verification-link", text)).toBeNull();
  });

  it.each([
    "",
    "x",
    "=".repeat(64),
    "é".repeat(64),
    "A".repeat(63),
    "A".repeat(65),
    "A".repeat(64),
  ])("%j never was one", (text) =>
    expect(readSignedId(SECRET, "verification-link", text)).toBeNull(),
  );
});
