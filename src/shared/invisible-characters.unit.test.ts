import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { errorsOf } from "#test/fixtures/field-errors.ts";
import { aSignup, USUAL_FORM } from "#test/system/person.ts";
import {
  correctEmailSchema,
  createUserSchemaOf,
  usernameAvailableSchema,
} from "./signup-schema.ts";

/** Invisible characters, with their names in errors. */
const UNSEEN: [name: string, character: string][] = [
  ["U+0020 SPACE", " "],
  ["U+0000 NULL", "\0"],
  ["U+0009 TAB", "\t"],
  ["U+000D CARRIAGE RETURN", "\r\n"],
  ["U+000B CONTROL CHARACTER", "\v"],
  ["U+0085 CONTROL CHARACTER", "\u0085"],
  ["U+00A0 NO-BREAK SPACE", "\u00a0"],
  ["U+00AD SOFT HYPHEN", "\u00ad"],
  ["U+061C ARABIC LETTER MARK", "\u061c"],
  ["U+2007 SPACE", "\u2007"],
  ["U+200B ZERO WIDTH SPACE", "\u200b"],
  ["U+200E LEFT-TO-RIGHT MARK", "\u200e"],
  ["U+200F RIGHT-TO-LEFT MARK", "\u200f"],
  ["U+2028 LINE SEPARATOR", "\u2028"],
  ["U+202B RIGHT-TO-LEFT EMBEDDING", "\u202b"],
  ["U+202E RIGHT-TO-LEFT OVERRIDE", "\u202e"],
  ["U+2060 WORD JOINER", "\u2060"],
  ["U+2068 FIRST STRONG ISOLATE", "\u2068\u2069"],
  ["U+2800 BRAILLE PATTERN BLANK", "\u2800"],
  ["U+3000 IDEOGRAPHIC SPACE", "\u3000"],
  ["U+3164 HANGUL FILLER", "\u3164"],
  ["U+FEFF ZERO WIDTH NO-BREAK SPACE", "\ufeff"],
  ["U+FFFC OBJECT REPLACEMENT CHARACTER", "\ufffc"],
  ["U+E0041 TAG", "\u{e0041}"],
];

/** Characters that some scripts need: trimmed at the ends, allowed inside a name. */
const JOINING: [name: string, character: string][] = [
  ["U+200C ZERO WIDTH NON-JOINER", "\u200c"],
  ["U+200D ZERO WIDTH JOINER", "\u200d"],
  ["U+FE0F VARIATION SELECTOR", "\ufe0f"],
  ["U+E0100 VARIATION SELECTOR", "\u{e0100}"],
];

describe("invisible characters in the sign-up's fields", () => {
  it.each([...UNSEEN, ...JOINING])(
    "are trimmed at both ends, except in the password: %s",
    (_, unseen) => {
      const around = (value: string) => `${unseen} ${value} ${unseen.repeat(2)}`;
      const input = aSignup();
      const { username, fullName, email } = input;
      const typed = {
        username: around(username),
        fullName: around(fullName),
        email: around(email),
      };
      expect(z.parse(createUserSchemaOf(USUAL_FORM), { ...input, ...typed })).toEqual(input);
      expect(z.parse(usernameAvailableSchema, typed)).toEqual({ username });
      expect(z.parse(correctEmailSchema, typed)).toEqual({ email });
    },
  );

  it.each([...UNSEEN, ...JOINING])("are named inside a value: %s", (name, unseen) => {
    for (const field of ["username", "fullName", "email"]) {
      const isNeeded = /[\p{Zs}\u200c\u200d\p{Variation_Selector}]/u.test(unseen);
      if (field === "fullName" ? isNeeded : unseen === " ") continue;
      const errors = errorsOf(createUserSchemaOf(USUAL_FORM), {
        ...aSignup(),
        [field]: `a${unseen}b`,
      });
      expect(errors).toEqual({ [field]: [expect.stringContaining(`: ${name}. Please`)] });
    }
  });

  it.each(["\t", "\n", "\u200b", "\u200e", "\ufeff", "\u00ad", "\u3164"])(
    "are named in a password: %j",
    (unseen) => {
      for (const password of [
        `${unseen}vexed-otter`,
        `vexed${unseen}otter`,
        `vexed-otter${unseen}`,
      ])
        expect(errorsOf(createUserSchemaOf(USUAL_FORM), { ...aSignup(), password })).toEqual({
          password: [expect.stringMatching(/cannot be seen: U\+[0-9A-F]{4} [A-Z]/)],
        });
    },
  );

  it("are found in one pass, at any length", () => {
    const long = ` \u200b${"\u200b".repeat(99_000)}`;
    const started = performance.now();
    for (const value of [long, `a${long}a`, `${long}a${long}`])
      errorsOf(createUserSchemaOf(USUAL_FORM), {
        ...aSignup(),
        username: value,
        fullName: value,
        email: value,
      });
    expect(performance.now() - started).toBeLessThan(30_000); // With nested loops it takes minutes.
  });
});
