import { END, extend, type PackedWords } from "./pack-words.ts";

/** A word that was found. */
export interface Found {
  letters: string;
  /** Its place in its dictionary, from 1. */
  rank: number;
  dictionaryName: string;
}

/** Finds the words that begin at a place of a text. */
export type LookUp = (text: string, from: number) => Found[];

/**
 * Prepares looking up these words. Most texts turn out to begin no word after a few characters,
 * without being looked up.
 */
export function createLookUp({
  dictionaries,
  letters,
  starts,
  ranks,
  places,
  beginnings,
}: PackedWords): LookUp {
  const last = places.length - 1;
  const begins = (hash: number) => ((beginnings[(hash >>> 5) & last]! >>> hash) & 1) === 1;
  const is = (nr: number, text: string, from: number, to: number) => {
    const start = starts[nr]!;
    if (starts[nr + 1]! - start !== to - from) return false;
    for (let at = from; at < to; at++) {
      if (letters[start + at - from] !== text.charCodeAt(at)) return false;
    }
    return true;
  };
  /** The number of a word, or -1: other texts may have the same bit. */
  const find = (text: string, from: number, to: number, hash: number) => {
    for (let place = hash & last; places[place] !== 0; place = (place + 1) & last) {
      const nr = places[place]! - 1;
      if (is(nr, text, from, to)) return nr;
    }
    return -1;
  };
  return (text, from) => {
    const found: Found[] = [];
    let hash = 0;
    for (let at = from; at < text.length; at++) {
      hash = extend(hash, text.charCodeAt(at));
      if (!begins(hash)) break;
      const whole = extend(hash, END);
      if (!begins(whole)) continue;
      const nr = find(text, from, at + 1, whole);
      if (nr < 0) continue;
      const rank = ranks[nr]!;
      found.push({
        letters: text.slice(from, at + 1),
        rank: rank >>> 8,
        dictionaryName: dictionaries[rank & 255]!,
      });
    }
    return found;
  };
}
