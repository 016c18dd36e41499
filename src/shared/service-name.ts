import config from "#config";

/** Letters that Unicode does not take apart, as people write them without their keyboard's help. */
const LATIN: Record<string, string> = {
  ...{ ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" },
};

/** The other way in which German and Scandinavian people write these. */
const UMLAUTS: Record<string, string> = { ä: "ae", ö: "oe", ü: "ue", ø: "oe", å: "aa" };

/**
 * How people write the name in the letters a–z and digits: "Børk & Söhne" is "borksohne" and
 * "boerksoehne", and each of its words of three letters or more. For reserved usernames and
 * passwords.
 */
export function spellingsOf(name: string): string[] {
  const lower = name.normalize("NFC").toLowerCase();
  const other = lower.replaceAll(/[äöüøå]/g, (letter) => UMLAUTS[letter]!);
  const words = [lower, other].flatMap((text) => {
    const plain = text.replaceAll(/[ßæœøłđðþı]/g, (letter) => LATIN[letter]!).normalize("NFKD");
    const parts = plain.replaceAll(/\p{M}/gu, "").split(/[^a-z0-9]+/);
    return [parts.join(""), ...parts];
  });
  return [...new Set(words.filter((word) => word.length >= 3))];
}

export const SERVICE_WORDS: readonly string[] = spellingsOf(config.name);

/** The first of them, for cookies; "signup" if the name has no such letters. */
export const SERVICE_WORD: string = SERVICE_WORDS[0] ?? "signup";
