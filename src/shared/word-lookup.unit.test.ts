import fc from "fast-check";
import { expect, it } from "vitest";
import { packWords } from "./pack-words.ts";
import { createLookUp, type Found } from "./word-lookup.ts";

it("finds each word that begins at a place, and no other", () => {
  // Of few letters, so that most texts hold words, and beginnings of words that are none.
  const text = (maxLength: number) =>
    fc.string({
      unit: fc.constantFrom("a", "b", "c", "а", "б", "あ", "語", "🙂"),
      minLength: 1,
      maxLength,
    });
  const property = fc.property(fc.array(fc.array(text(6))), text(30), (lists, password) => {
    const dictionaries = Object.fromEntries(lists.map((list, nr) => [`list ${nr}`, list]));
    const lookUp = createLookUp(packWords(dictionaries));
    for (let from = 0; from < password.length; from++) {
      expect(lookUp(password, from)).toEqual(search(dictionaries, password.slice(from)));
    }
  });
  fc.assert(property, { numRuns: 1000 });
});

/** What begins a text, by looking at every word: the best rank of each, the shortest first. */
function search(dictionaries: Record<string, string[]>, text: string): Found[] {
  const all = Object.entries(dictionaries).flatMap(([dictionaryName, list]) =>
    list.map((letters, index) => ({ letters, rank: index + 1, dictionaryName })),
  );
  const found = all
    .filter(({ letters }) => letters.length > 2 && text.startsWith(letters))
    .toSorted((one, other) => one.letters.length - other.letters.length || one.rank - other.rank);
  return found.filter(({ letters }, nr) => letters !== found[nr - 1]?.letters);
}
