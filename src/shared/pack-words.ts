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
  /** A hash table: a word's number plus one, in the first free place from its hash on. */
  places: Uint32Array<ArrayBuffer>;
  /** A bit for each beginning of a word, by its hash. */
  beginnings: Uint32Array<ArrayBuffer>;
}

/** Extends the hash of a whole word: it stands for its end. */
export const END = 0;

/** The hash of a text with one more character. */
export function extend(hash: number, code: number): number {
  const product = Math.imul(hash ^ code, 0x9e3779b1);
  return product ^ (product >>> 15);
}

/**
 * Merges dictionaries into one table, because only a word's best rank counts. zxcvbn would look up
 * each part of a password in every one of them, which takes most of its time.
 * @param dictionaries at most 256, each from the most common word to the rarest
 */
export function packWords(dictionaries: Record<string, string[]>): PackedWords {
  const ranks = bestRanks(Object.entries(dictionaries));
  const words = [...ranks.keys()];
  const size = 2 ** Math.ceil(Math.log2(words.length * 1.5 + 1));
  const packed: PackedWords = {
    dictionaries: Object.keys(dictionaries),
    letters: new Uint16Array(words.reduce((sum, { length }) => sum + length, 0)),
    starts: new Uint32Array(words.length + 1),
    ranks: Uint32Array.from(ranks.values()),
    places: new Uint32Array(size),
    beginnings: new Uint32Array(size),
  };
  for (const [nr, word] of words.entries()) add(packed, nr, word);
  return packed;
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

function add({ letters, starts, places, beginnings }: PackedWords, nr: number, word: string): void {
  const last = places.length - 1;
  const start = starts[nr]!;
  let hash = 0;
  for (let at = 0; at < word.length; at++) {
    const code = word.charCodeAt(at);
    letters[start + at] = code;
    hash = extend(hash, code);
    beginnings[(hash >>> 5) & last]! |= 1 << hash;
  }
  starts[nr + 1] = start + word.length;
  hash = extend(hash, END);
  beginnings[(hash >>> 5) & last]! |= 1 << hash;
  let place = hash & last;
  while (places[place] !== 0) place = (place + 1) & last;
  places[place] = nr + 1;
}
