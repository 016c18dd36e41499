/** A word's rank among those of its dictionary. */
export interface Word {
  rank: number;
  dictionaryName: string;
}

/** A word that was found, and its letters. */
export interface Found {
  letters: string;
  word: Word;
}

/** Finds the words that begin at a place of a text. */
export type LookUp = (text: string, from: number) => Found[];

/**
 * Merges all dictionaries into one map, because only a word's best rank counts. zxcvbn would look
 * up each part of a password in every one of them, which takes most of its time.
 */
export function mergeDictionaries(dictionaries: Record<string, string[]>): Map<string, Word> {
  const words = new Map<string, Word>();
  for (const [dictionaryName, list] of Object.entries(dictionaries)) {
    for (const [index, word] of list.entries()) {
      if (word.length < 3) continue; // Guessing two letters is nearly as easy.
      // Diceware words have no order: on average, half of the 7,776 are tried.
      const rank = dictionaryName.startsWith("diceware") ? 6 ** 5 / 2 : index + 1;
      const known = words.get(word);
      if (!known || rank < known.rank) words.set(word, { rank, dictionaryName });
    }
  }
  return words;
}

/** Stands for the end of a word. */
const END = 0;

/**
 * Prepares looking up these words. A bit is set for each beginning of a word, by its hash: most
 * texts turn out to begin no word after a few characters, without being cut out and looked up.
 */
export function createLookUp(words: Map<string, Word>): LookUp {
  const bits = new Uint32Array(2 ** Math.ceil(Math.log2(words.size + 1)));
  const last = bits.length - 1;
  const add = (hash: number) => (bits[(hash >>> 5) & last]! |= 1 << hash);
  const has = (hash: number) => ((bits[(hash >>> 5) & last]! >>> hash) & 1) === 1;
  for (const word of words.keys()) {
    let hash = 0;
    for (let at = 0; at < word.length; at++) {
      hash = extend(hash, word.charCodeAt(at));
      add(hash);
    }
    add(extend(hash, END));
  }
  return (text, from) => {
    const found: Found[] = [];
    let hash = 0;
    for (let at = from; at < text.length; at++) {
      hash = extend(hash, text.charCodeAt(at));
      if (!has(hash)) break;
      if (!has(extend(hash, END))) continue;
      const letters = text.slice(from, at + 1);
      const word = words.get(letters); // Other texts may have the same bit.
      if (word) found.push({ letters, word });
    }
    return found;
  };
}

/** The hash of a text with one more character. */
function extend(hash: number, code: number): number {
  const product = Math.imul(hash ^ code, 0x9e3779b1);
  return product ^ (product >>> 15);
}
