import fc from "fast-check";
import { expect, it } from "vitest";
import { createLookUp } from "./word-lookup.ts";

it("finds each word that begins at a place, and no other", () => {
  // Of few letters, so that most texts hold words, and beginnings of words that are none.
  const text = (maxLength: number) =>
    fc.string({
      unit: fc.constantFrom("a", "b", "c", "а", "б", "あ", "語", "🙂"),
      minLength: 1,
      maxLength,
    });
  const property = fc.property(fc.array(text(6)), text(30), (list, password) => {
    const words = new Map(list.map((word, rank) => [word, { rank, dictionaryName: "any" }]));
    const lookUp = createLookUp(words);
    for (let from = 0; from < password.length; from++) {
      const rest = password.slice(from);
      const expected = [...words.keys()].filter((word) => rest.startsWith(word));
      const found = lookUp(password, from);
      expect(found.map(({ letters }) => letters).toSorted()).toEqual(expected.toSorted());
      for (const { letters, word } of found) expect(word).toBe(words.get(letters));
    }
  });
  fc.assert(property, { numRuns: 1000 });
});
