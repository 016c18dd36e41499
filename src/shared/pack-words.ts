/** Words and their ranks in a few large arrays: as strings in a map they would take five times as much. */
export interface PackedWords {
  /** Their dictionaries' names. */
  dictionaries: string[];
  /** The letters of all words, one word after the other, as UTF-16. */
  letters: Uint16Array<ArrayBuffer>;
  /** Where each word begins in `letters`, and where the last one ends. */
  starts: Uint32Array<ArrayBuffer>;
  /** Each word's rank times 256, plus the number of its dictionary. */
  ranks: Uint32Array<ArrayBuffer>;
}

/**
 * Merges dictionaries into one list, because only a word's best rank counts. zxcvbn would look up
 * each part of a password in every one of them, which takes most of its time.
 * @param dictionaries at most 256, each from the most common word to the rarest
 */
export function packWords(dictionaries: Record<string, string[]>): PackedWords {
  const ranks = bestRanks(Object.entries(dictionaries));
  const words = [...ranks.keys()];
  const letters = new Uint16Array(words.reduce((sum, { length }) => sum + length, 0));
  const starts = new Uint32Array(words.length + 1);
  let end = 0;
  for (const [nr, word] of words.entries()) {
    for (let at = 0; at < word.length; at++) letters[end++] = word.charCodeAt(at);
    starts[nr + 1] = end;
  }
  return {
    dictionaries: Object.keys(dictionaries),
    ...{ letters, starts, ranks: Uint32Array.from(ranks.values()) },
  };
}

function bestRanks(dictionaries: [string, string[]][]): Map<string, number> {
  const ranks = new Map<string, number>();
  for (const [dictionary, [name, list]] of dictionaries.entries()) {
    for (const [index, word] of list.entries()) {
      if (word.length < 3) continue; // Guessing two letters is nearly as easy.
      // Diceware words have no order: on average, half of the 7,776 are tried.
      const rank = name.startsWith("diceware") ? 6 ** 5 / 2 : index + 1;
      const known = ranks.get(word);
      if (!known || rank < Math.floor(known / 256)) ranks.set(word, rank * 256 + dictionary);
    }
  }
  return ranks;
}
