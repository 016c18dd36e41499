/** An invisible or blank character: spaces, controls, direction marks, fillers. */
export const UNSEEN =
  /[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\u2800\ufff9-\ufffc\u{13430}-\u{13440}]/u;

/**
 * A final character that shapes the one before it: variation selectors in Han and Mongolian, and a
 * joiner after a virama, as in Malayalam names that end in a chillu.
 */
const SHAPED =
  /^(\p{Script=Han}[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]|\p{Script=Mongolian}[\u180b-\u180f]|[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca]\u200d)$/u;

const isSeen = (character: string) => !UNSEEN.test(character);

/** Removes invisible characters from both ends, in one pass because the text may be long. */
export function trimUnseen(text: string): string {
  const characters = Array.from(text);
  const last = characters.findLastIndex(isSeen);
  const end = SHAPED.test(characters.slice(last, last + 2).join("")) ? last + 2 : last + 1;
  return characters.slice(Math.max(0, characters.findIndex(isSeen)), end).join("");
}
