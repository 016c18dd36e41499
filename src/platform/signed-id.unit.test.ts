import { createHmac, hkdfSync, randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { codeFor, isCodeFor, readSignedId, signId, type Secrets } from "./signed-id.ts";

const SECRET: Secrets = ["a secret for the tests, long enough"];
const OTHER: Secrets = ["another secret that is also long enough"];

describe("a signed id", () => {
  it("reads back as the id, and is always the same", () => {
    const id = randomUUID();
    const text = signId(SECRET, "verification-link", id);
    expect(readSignedId(SECRET, "verification-link", text)).toBe(id);
    expect(signId(SECRET, "verification-link", id)).toBe(text);
  });

  it("has only letters and digits, as mail programs break links at other characters", () => {
    for (let i = 0; i < 300; i++) {
      expect(signId(SECRET, "verification-link", randomUUID())).toMatch(/^[\da-f]{96}$/);
    }
  });

  it("is the id and its HMAC-SHA-256, under a key for its purpose", () => {
    const id = "0198c5a2-7d3e-7b41-9f60-5c2a8e14d7b3";
    for (const [purpose, encoding] of [
      ["verification-link", "hex"],
      ["signup-cookie", "base64url"],
    ] as const) {
      // Decision 3: mailed links must outlive a release.
      const key = Buffer.from(hkdfSync("sha256", SECRET[0], "", `enlist/${purpose}`, 32));
      const bytes = Buffer.from(id.replaceAll("-", ""), "hex");
      const signed = Buffer.concat([bytes, createHmac("sha256", key).update(bytes).digest()]);
      expect(signId(SECRET, purpose, id)).toBe(signed.toString(encoding));
    }
  });

  it.each(["verification-link", "signup-cookie"] as const)(
    "is invalid if any one character is changed: %s",
    (purpose) => {
      const text = signId(SECRET, purpose, randomUUID());
      for (let at = 0; at < text.length; at++) {
        const other = text[at] === "a" ? "b" : "a";
        const forged = text.slice(0, at) + other + text.slice(at + 1);
        expect(readSignedId(SECRET, purpose, forged)).toBeNull();
      }
    },
  );

  it("has only one spelling", () => {
    const text = signId(SECRET, "verification-link", "0198c5a2-7d3e-7b41-9f60-5c2a8e14d7b3");
    for (const other of [text.toUpperCase(), ` ${text}`, `${text}\n`, `${text}=`]) {
      expect(readSignedId(SECRET, "verification-link", other)).toBeNull();
    }
  });

  it("is invalid for another purpose or under another secret", () => {
    const text = signId(SECRET, "verification-link", randomUUID());
    expect(readSignedId(SECRET, "signup-cookie", text)).toBeNull();
    expect(readSignedId(OTHER, "verification-link", text)).toBeNull();
  });

  it.each([
    "",
    "x",
    "=".repeat(64),
    "é".repeat(64),
    "A".repeat(63),
    "A".repeat(65),
    "A".repeat(64),
    "a".repeat(96),
    "g".repeat(96),
  ])("is never %j", (text) => expect(readSignedId(SECRET, "verification-link", text)).toBeNull());
});

describe("a code", () => {
  it("is always the same for an id and a secret, and differs for others", () => {
    const id = "0198c5a2-7d3e-7b41-9f60-5c2a8e14d7b3";
    const codes = [codeFor(SECRET, id), codeFor(SECRET, randomUUID()), codeFor(OTHER, id)];
    expect(new Set(codes).size).toBe(3);
    expect(codeFor(SECRET, id)).toBe(codes[0]);
    // A literal, because mailed codes must outlive a release.
    expect(codes[0]).toBe("39812061");
  });

  it("has eight digits, padded with zeros", () => {
    const codes = Array.from({ length: 1000 }, () => codeFor(SECRET, randomUUID()));
    for (const code of codes) expect(code).toMatch(/^\d{8}$/);
    expect(codes.some((code) => code.startsWith("0"))).toBe(true);
    expect(new Set(codes).size).toBeGreaterThan(990);
  });

  it("is unrelated to the signature in the link, which others may see", () => {
    const id = randomUUID();
    for (const purpose of ["verification-link", "signup-cookie"] as const) {
      const encoding = purpose === "verification-link" ? "hex" : "base64url";
      const signature = Buffer.from(signId(SECRET, purpose, id), encoding).subarray(16);
      const digits = String(signature.readUIntBE(0, 6) % 100_000_000).padStart(8, "0");
      expect(codeFor(SECRET, id)).not.toBe(digits);
    }
  });
});

describe("a replaced secret", () => {
  const [after]: Secrets = ["the new secret, which is long enough"];
  const exchanged: Secrets = [after, ...SECRET];
  const id = randomUUID();

  it("still verifies what it signed while it is listed", () => {
    const link = signId(SECRET, "verification-link", id);
    expect(readSignedId(exchanged, "verification-link", link)).toBe(id);
    expect(isCodeFor(exchanged, id, codeFor(SECRET, id))).toBe(true);
    expect(readSignedId([after], "verification-link", link)).toBeNull();
    expect(isCodeFor([after], id, codeFor(SECRET, id))).toBe(false);
  });

  it("signs nothing new", () => {
    const link = signId(exchanged, "verification-link", id);
    expect(link).toBe(signId([after], "verification-link", id));
    expect(readSignedId(SECRET, "verification-link", link)).toBeNull();
    expect(codeFor(exchanged, id)).toBe(codeFor([after], id));
  });
});
