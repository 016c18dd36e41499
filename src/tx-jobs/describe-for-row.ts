/**
 * Shortens an error to what a row keeps: at most 500 characters, without U+0000, which PostgreSQL's
 * text cannot hold. Never throws.
 */
export function describeForRow(error: unknown, describe: (error: unknown) => string): string {
  try {
    return describe(error).slice(0, 500).replaceAll("\0", "");
  } catch {
    return "an error that could not be described";
  }
}

/** For databases whose encoding lacks a character of the text. */
export function toAscii(text: string): string {
  return text.replaceAll(/[^ -~]/g, "?");
}
