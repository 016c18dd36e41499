/**
 * What a row keeps of an error: 500 characters at most. U+0000 is the one character that no text of
 * PostgreSQL's can hold. Never throws.
 */
export function describeForRow(error: unknown, describe: (error: unknown) => string): string {
  try {
    return describe(error).slice(0, 500).replaceAll("\0", "");
  } catch {
    return "an error that could not be described";
  }
}

/** For a database whose encoding lacks a character of the text. */
export function toAscii(text: string): string {
  return text.replaceAll(/[^ -~]/g, "?");
}
