/** A character that cannot be seen, or leaves a gap only: spaces, controls, direction marks, fillers. */
export const UNSEEN =
  /[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\u2800\ufff9-\ufffc\u{13430}-\u{13440}]/u;

/**
 * What gives the letter before it another shape: variation selectors in Han and Mongolian, and a
 * joiner behind a virama, as in Malayalam names that end in a chillu.
 */
const SHAPED =
  /^(\p{Script=Han}[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]|\p{Script=Mongolian}[\u180b-\u180f]|[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca]\u200d)$/u;

const isSeen = (character: string) => !UNSEEN.test(character);

/** A text without what cannot be seen at its ends. By one pass, as a text may be long. */
export function trimUnseen(text: string): string {
  const characters = Array.from(text);
  const last = characters.findLastIndex(isSeen);
  const end = SHAPED.test(characters.slice(last, last + 2).join("")) ? last + 2 : last + 1;
  return characters.slice(Math.max(0, characters.findIndex(isSeen)), end).join("");
}
