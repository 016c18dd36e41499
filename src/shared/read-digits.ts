/**
 * The decimal digits of a text as 0–9, without other characters: "４５90-8452" becomes 45908452.
 * Accepts digits of every script, because Unicode puts each script's ten in order.
 */
export function readDigits(text: string): string {
  return text
    .normalize("NFKC")
    .replaceAll(/\P{Nd}/gu, "")
    .replaceAll(/\D/gu, toAscii);
}

/** Adjacent blocks of ten, such as the mathematical digits, are counted through. */
function toAscii(digit: string): string {
  const point = digit.codePointAt(0)!;
  let first = point;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--;
  return String((point - first) % 10);
}
