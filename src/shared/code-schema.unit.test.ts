import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { errorsOf } from "#test/fixtures/field-errors.ts";
import { codeSchema } from "./signup-schema.ts";

describe("the code", () => {
  it.each([
    "04920617",
    "0492 0617",
    " 0492-0617\t",
    "0492\u200b0617",
    "0492–0617",
    "04920617.",
    "«0492·0617»",
    "Your code: 0492 0617",
    "コード：０４９２ ０６１７",
    "0\u00a04\u20099\u202f2\u3000061\u20607",
    "\u202b٠٤٩٢٠٦١٧\u202c",
    "⁰⁴⁹²-₀₆₁₇",
    "⓪④⑨② ⓪⑥①⑦",
    "۰۴۹۲۰۶۱۷",
    "०४९२०६१७",
    "০৪৯২০৬১৭",
    "๐๔๙๒๐๖๑๗",
    "𝟎𝟒𝟗𝟐𝟢𝟨𝟣𝟩",
    "𝟘𝟜𝟡𝟚𝟶𝟼𝟷𝟽",
    "0️⃣4️⃣9️⃣2️⃣0️⃣6️⃣1️⃣7️⃣",
    "0४९2٠6๑7",
  ])("is read from %j", (typed) => expect(z.parse(codeSchema, typed)).toBe("04920617"));

  it("is read in the digits of every script", () => {
    const scripts = new Map<number, string>();
    for (let point = 0, run = 0; point <= 0x10ffff; point++) {
      const character = String.fromCodePoint(point);
      run = /\p{Nd}/u.test(character) ? run + 1 : 0;
      if (run > 0) scripts.set(point, String((run - 1) % 10));
    }
    expect(scripts.size).toBeGreaterThan(600);
    expect(scripts.size % 10).toBe(0);
    for (const [point, digit] of scripts) {
      const typed = `1234 567${String.fromCodePoint(point)}`;
      expect(z.parse(codeSchema, typed)).toBe(`1234567${digit}`);
    }
  });

  it.each([
    ["", /^Enter the 8 digits/],
    ["my code", /^Enter the 8 digits/],
    ["7", /8 digits; this is one\.$/],
    ["0492061", /8 digits; these are 7\.$/],
    ["0492061x", /8 digits; these are 7\.$/],
    ["049206170", /8 digits; these are 9\.$/],
    ["٠٤٩٢٠٦١", /8 digits; these are 7\.$/],
    ["4590 8452, for 24 hours", /8 digits; these are 10\.$/],
    ["8 ".repeat(90_000), /nothing else/],
    [4920617, /^Enter the 8 digits/],
    [null, /^Enter the 8 digits/],
  ])("is refused as %j, with the reason", (typed, words) => {
    const errors = errorsOf(z.object({ code: codeSchema }), { code: typed });
    expect(errors).toEqual({ code: [expect.stringMatching(words)] });
  });
});
