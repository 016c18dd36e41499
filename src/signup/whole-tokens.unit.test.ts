import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { signId, type Secrets } from "#src/platform/signed-id.ts";
import { readVerificationLink } from "./verification.ts";

const secrets: Secrets = ["a secret of this test, long enough"];

/** What mail programs, and people who copy, do to a token. */
const MANGLED: [what: string, mangle: (token: string) => string][] = [
  ["nothing", (token) => token],
  ["the 3D of quoted-printable in front", (token) => `3D${token}`],
  ["an undecoded =3D in front", (token) => `=3D${token}`],
  ["a bracket after it", (token) => `${token}>`],
  ["an encoded bracket after it", (token) => `${token}%3E`],
  ["a bracket as an entity after it", (token) => `${token}&gt;`],
  ["brackets and quotes around it", (token) => `<"${token}">`],
  ["a full stop after it", (token) => `${token}.`],
  ["a full stop and the next word after it", (token) => `${token}. Thanks`],
  ["the next word after it", (token) => `${token} or`],
  ["spaces around it", (token) => ` \u00a0${token}\u200b\n`],
  ["an encoded space after it", (token) => `${token}%20`],
  ["an encoded line break after it", (token) => `${token}%0D%0A`],
  ["a line break inside", (token) => `${token.slice(0, 40)}\r\n${token.slice(40)}`],
  ["a soft line break inside", (token) => `3D${token.slice(0, 30)}=\r\n${token.slice(30)}`],
  ["a space inside", (token) => `${token.slice(0, 7)} ${token.slice(7)}`],
  ["the underscores of Markdown", (token) => `_${token}_`],
  ["the asterisks of WhatsApp", (token) => `*${token}*`],
  ["a second parameter", (token) => `${token}&amp;utm_source=mail`],
  ["its own name", (token) => `token=${token}`],
  ["capitals", (token) => token.toUpperCase()],
];

describe("a link's token", () => {
  it.each(MANGLED)("is read with %s", (_, mangle) => {
    // Many, because some tokens begin or end with characters that are cut off elsewhere.
    for (let i = 0; i < 500; i++) {
      const id = randomUUID();
      const token = signId(secrets, "verification-link", id);
      expect(readVerificationLink(secrets, mangle(token)), token).toBe(id);
    }
  });

  it.each<[what: string, spoil: (token: string) => string]>([
    ["cut off", (token) => token.slice(0, -1)],
    ["cut off in front", (token) => token.slice(1)],
    ["changed", (token) => token.replace(/.$/, (last) => (last === "0" ? "1" : "0"))],
    ["empty", () => ""],
    ["nothing but dots", () => ".".repeat(200)],
    ["wrongly encoded", (token) => `${token.slice(0, 20)}%E0%A4%A`],
  ])("is refused if it was %s", (_, spoil) => {
    const token = signId(secrets, "verification-link", randomUUID());
    expect(() => readVerificationLink(secrets, spoil(token))).toThrow("not one of our links");
  });
});
