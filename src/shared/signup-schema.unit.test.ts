import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { errorsOf } from "#test/fixtures/field-errors.ts";
import { aSignup, USUAL_FORM } from "#test/system/person.ts";
import { createUserSchemaOf } from "./signup-schema.ts";

const accepted: [field: string, value: string][] = [
  ["username", "abc"],
  ["username", "a_1".padEnd(100, "0")],
  ["fullName", "X"],
  ["fullName", "Jan 3"],
  ["fullName", "Þórdís Ævarsdóttir"],
  ["fullName", "山田 太郎"],
  ["fullName", "محمد بن سلمان"],
  ["fullName", "Ngũgĩ wa Thiong’o"],
  ["fullName", "O'Brien-Smith, Jr. (Bob)"],
  ["fullName", "नरेंद्र मोदी"],
  ["fullName", "श्री\u200dमान"],
  ["fullName", "葛\u{e0100}城 光"],
  ["fullName", "ᠮᠣᠩ\u180bᠭᠣᠯ"],
  ["fullName", "علی\u200cرضا"],
  ["fullName", "Nguyễn Thị Ánh".normalize("NFD")],
  ["fullName", "བསྟན་འཛིན་རྒྱ་མཚོ"],
  ["fullName", "สมชาย ใจดี"],
  ["fullName", "שָׂרָה בַּת־אֵל"],
  ["fullName", "𠮷".repeat(100)],
  ["fullName", "辻\u{e0100}"],
  ["fullName", "അനില്\u200d"],
  ["email", "ADA@Example.COM"],
  ["email", "ada+tag@example.co.uk"],
  ["email", "jürgen@example.com"],
  ["email", "ада.лавлейс@xn--e1afmkfd.xn--p1ai"],
  ["email", `${"ä".repeat(32)}@example.com`],
  ["email", `${"a".repeat(64)}@${"b".repeat(61)}.${"c".repeat(61)}.${"d".repeat(61)}.com`],
  ["password", "12345678"],
  ["requestId", "0b0f7a3e-7a44-1c5e-8f0e-3f5a1c2b4d6e"],
  ["requestId", "0B0F7A3E-7A44-8C5E-BF0E-3F5A1C2B4D6E"],
  ["password", "<script>' OR 1=1; --"],
  ["password", "пароль с пробелами"],
  ["password", "  spaces at both ends "],
  ["password", "گذرواژه\u200cام"],
  ["password", "👩\u200d👩\u200d👧❤\ufe0f🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}"],
  ["password", "𠮷".repeat(256)],
];

const refused: [field: string, what: string, value: unknown][] = [
  ...["username", "fullName", "email", "password"].flatMap((field): [string, string, unknown][] => [
    [field, "missing", undefined],
    [field, "null", null],
    [field, "a number", 12345678],
    [field, "an object", { toString: "x" }],
    [field, "an array", ["abcdefgh"]],
    [field, "empty", ""],
    [field, "enormous", "a".repeat(90_000)],
    [field, "a NUL", "abc\0defgh"],
    [field, "an escape", "abc\u001bdefgh"],
    [field, "a line break inside", "abc\r\ndefgh"],
    [field, "a direction override", "abc\u202edefgh"],
    [field, "a lone surrogate", "abcdefgh\ud800"],
  ]),
  ...["username", "fullName", "email"].flatMap((field): [string, string, unknown][] => [
    [field, "SQL", "Robert'); DROP TABLE users; --"],
    [field, "HTML", "<script>alert(1)</script>"],
    [field, "only spaces", "   "],
  ]),
  ["username", "too short", "ab"],
  ["username", "too long", "a".repeat(101)],
  ["username", "upper case", "Alice"],
  ["username", "another script", "алиса"],
  ["fullName", "too long", "x".repeat(101)],
  ["fullName", "no letter", "...."],
  ["fullName", "only digits", "12345678"],
  ["fullName", "digits of another script", "٠١٢ ３４"],
  ["fullName", "a telephone number", "(030) 123-456"],
  ["fullName", "numbers that look like letters", "Ⅷ ½"],
  ["fullName", "only invisible characters", "\u3164\u3164"],
  ["fullName", "hidden tags", `A${"\u{e0041}".repeat(50)}da`],
  ["fullName", "private characters", "\ue000da"],
  ["fullName", "too many accents", `A${"\u0301".repeat(60)}`],
  ["email", "no @", "ada.example.com"],
  ["email", "a symbol", "ada§@example.com"],
  ["email", "only invisible characters before the @", "\u3164@example.com"],
  ["email", "too many accents", `a${"\u0301".repeat(10)}@example.com`],
  ["email", "an impossible domain", "ada@exä_mple.com/x"],
  ["email", "an IPv4 address in other digits", "ada@１２７.0.0.1"],
  ["email", "no domain", "ada@"],
  ["email", "one label", "ada@localhost"],
  ["email", "a space", "ada lovelace@example.com"],
  ["email", "two @", "ada@b@example.com"],
  ["email", "two dots", "ada..l@example.com"],
  ["email", "two addresses", "a@example.com,b@example.com"],
  ["email", "a local part over 64 bytes", `${"ä".repeat(33)}@example.com`],
  ["email", "over 254 once in ASCII", `ada@${"ä.".repeat(50)}com`],
  ["email", "a local part over 64", `${"a".repeat(65)}@example.com`],
  ["email", "over 254", `ada@${"b".repeat(250)}.com`],
  ["password", "too short", "1234567"],
  ["password", "too short in characters", "𠮷".repeat(7)],
  ["password", "too short once composed", "e\u0301".repeat(7)],
  ["password", "too long", "x".repeat(257)],
  ["requestId", "missing", undefined],
  ["requestId", "not a UUID", "1234"],
  ["requestId", "SQL", "' or true --"],
  ["requestId", "zeros", "00000000-0000-0000-0000-000000000000"],
  ["requestId", "ones", "ffffffff-ffff-ffff-ffff-ffffffffffff"],
  ["requestId", "ones in capitals", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF"],
  ["requestId", "a UUID of no version", "0b0f7a3e-7a44-0c5e-9f0e-3f5a1c2b4d6e"],
  ["requestId", "a UUID of version 9", "0b0f7a3e-7a44-9c5e-9f0e-3f5a1c2b4d6e"],
  ["requestId", "another variant", "0b0f7a3e-7a44-4c5e-7f0e-3f5a1c2b4d6e"],
  ["requestId", "Microsoft's variant", "0b0f7a3e-7a44-4c5e-cf0e-3f5a1c2b4d6e"],
  ["requestId", "braces", "{0b0f7a3e-7a44-4c5e-9f0e-3f5a1c2b4d6e}"],
  ["requestId", "a line break after it", "0b0f7a3e-7a44-4c5e-9f0e-3f5a1c2b4d6e\n"],
];

describe("the sign-up's fields", () => {
  it.each(accepted)("accept %s %s, as typed", (field, value) => {
    const input = { ...aSignup(), [field]: value };
    expect(z.parse(createUserSchemaOf(USUAL_FORM), input)).toEqual(input);
  });

  it.each(refused)("refuse %s: %s", (field, _, value) => {
    const errors = errorsOf(createUserSchemaOf(USUAL_FORM), { ...aSignup(), [field]: value });
    expect(Object.keys(errors)).toEqual([field]);
    expect(errors[field]).toHaveLength(1);
    expect(errors[field]?.[0]).toMatch(/^[A-Zr].*\.$/); // A sentence, or "requestId must …".
  });

  it("report all wrong fields at once", () => {
    expect(Object.keys(errorsOf(createUserSchemaOf(USUAL_FORM), {}))).toEqual([
      "username",
      "fullName",
      "email",
      "password",
      "requestId",
    ]);
  });

  it("pass on what they know, and nothing else", () => {
    const input = aSignup();
    const more = { id: "1", isAdmin: true, email_verified_at: "2026-01-01", passwordHash: "x" };
    expect(z.parse(createUserSchemaOf(USUAL_FORM), { ...input, ...more })).toEqual(input);
  });

  it.each([null, undefined, [], "text", 7])("refuse %j as a whole", (input) => {
    expect(z.safeParse(createUserSchemaOf(USUAL_FORM), input).success).toBe(false);
  });

  it.each([
    ["ada@exämple.com", "ada@xn--exmple-cua.com"],
    ["ada\u212a@example.com", "adaK@example.com"],
  ])("convert the address %s to the form that is mailed: %s", (email, kept) => {
    expect(z.parse(createUserSchemaOf(USUAL_FORM), aSignup({ email })).email).toBe(kept);
  });
});
