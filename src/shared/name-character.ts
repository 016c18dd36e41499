/** Unicode names of invisible characters that are typed or pasted by mistake. */
const NAMES: Record<string, string> = {
  "\0": "NULL",
  "\t": "TAB",
  "\n": "LINE FEED",
  "\r": "CARRIAGE RETURN",
  "\u001b": "ESCAPE",
  "\u007f": "DELETE",
  "\u00a0": "NO-BREAK SPACE",
  "\u00ad": "SOFT HYPHEN",
  "\u034f": "COMBINING GRAPHEME JOINER",
  "\u061c": "ARABIC LETTER MARK",
  "\u180e": "MONGOLIAN VOWEL SEPARATOR",
  "\u200b": "ZERO WIDTH SPACE",
  "\u200c": "ZERO WIDTH NON-JOINER",
  "\u200d": "ZERO WIDTH JOINER",
  "\u200e": "LEFT-TO-RIGHT MARK",
  "\u200f": "RIGHT-TO-LEFT MARK",
  "\u2028": "LINE SEPARATOR",
  "\u2029": "PARAGRAPH SEPARATOR",
  "\u202a": "LEFT-TO-RIGHT EMBEDDING",
  "\u202b": "RIGHT-TO-LEFT EMBEDDING",
  "\u202c": "POP DIRECTIONAL FORMATTING",
  "\u202d": "LEFT-TO-RIGHT OVERRIDE",
  "\u202e": "RIGHT-TO-LEFT OVERRIDE",
  "\u202f": "NARROW NO-BREAK SPACE",
  "\u2060": "WORD JOINER",
  "\u2066": "LEFT-TO-RIGHT ISOLATE",
  "\u2067": "RIGHT-TO-LEFT ISOLATE",
  "\u2068": "FIRST STRONG ISOLATE",
  "\u2069": "POP DIRECTIONAL ISOLATE",
  "\u2800": "BRAILLE PATTERN BLANK",
  "\u3000": "IDEOGRAPHIC SPACE",
  "\u3164": "HANGUL FILLER",
  "\ufeff": "ZERO WIDTH NO-BREAK SPACE",
  "\ufffc": "OBJECT REPLACEMENT CHARACTER",
};

/** Generic names for the others. */
const KINDS: [RegExp, string][] = [
  [/\p{Zs}/u, "SPACE"],
  [/\p{Cc}/u, "CONTROL CHARACTER"],
  [/\p{Variation_Selector}/u, "VARIATION SELECTOR"],
  [/[\u{e0000}-\u{e007f}]/u, "TAG"],
];

/** Names an invisible character: "U+200B ZERO WIDTH SPACE". */
export function nameCharacter(character: string): string {
  const point = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
  const name = NAMES[character] ?? KINDS.find(([kind]) => kind.test(character))?.[1];
  return name ? `U+${point} ${name}` : `U+${point}`;
}
