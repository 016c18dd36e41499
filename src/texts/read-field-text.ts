import type { FieldTexts } from "./en/fields.ts";

/**
 * The text for a message of src/shared/signup-schema.ts, which is a key, perhaps with a colon and a
 * detail: "code_length:7".
 */
export function readFieldText(texts: FieldTexts, message: string): string {
  const [reason, detail] = splitReason(message);
  return Object.hasOwn(texts, reason) ? texts[reason as keyof FieldTexts](detail) : message;
}

/** The key of such a message, which is stable, and its detail. */
export function splitReason(message: string): [reason: string, detail: string] {
  const [, reason = message, detail = ""] = /^(\w+):(.*)$/su.exec(message) ?? [];
  return [reason, detail];
}
