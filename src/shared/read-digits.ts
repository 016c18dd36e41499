/**
 * The decimal digits in a text, as 0–9, without what is around and between them: "４５90-8452" has
 * 45908452. Digits of every script count. Unicode has each script's ten in a row, from 0 to 9.
 */
export function readDigits(text: string): string {
  return text
    .normalize("NFKC")
    .replaceAll(/\P{Nd}/gu, "")
    .replaceAll(/\D/gu, toAscii);
}

/** Blocks of ten that touch one another, as the mathematical ones do, are counted through. */
function toAscii(digit: string): string {
  const point = digit.codePointAt(0)!;
  let first = point;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--;
  return String((point - first) % 10);
}
