import * as z from "zod/mini";
import type { ExtraField } from "./brand-config.ts";
import { fieldKey as key } from "./field-key.ts";
import { between, NEEDED, SHAPELESS, trimmed, visible, wellFormed } from "./text-rules.ts";

/** What is typed into the field of the adopter's own. */
const typedSchema = z.string(key("extra_invalid")).check(
  wellFormed,
  trimmed,
  visible(NEEDED),
  between(0, 1000, key("extra_invalid")),
  z.refine((text) => !SHAPELESS.test(text), key("extra_invalid")),
);

/** The field of the adopter's own, in an object, so that its key tells what it is. */
export function extraSchemaOf({ name, schema }: ExtraField) {
  const isOptional = parseSafely(schema, undefined) !== undefined;
  const checked = z.transform((text: string | undefined, context) => {
    const parsed = parseSafely(schema, text || undefined);
    if (parsed) return parsed.data;
    context.issues.push({ code: "custom", message: key("extra_invalid"), input: text });
    return z.NEVER;
  });
  const field = z.pipe(isOptional ? z.optional(typedSchema) : typedSchema, checked);
  const fields = z.strictObject({ [name]: field }, key("extra_invalid"));
  return isOptional ? z.optional(fields) : fields;
}

/** NUL and halves of a character, as JSON escapes them, which PostgreSQL does not keep in it. */
const NOT_KEPT = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i;

/** What the adopter's schema makes of a text; undefined if that cannot be kept as JSON, or it fails. */
function parseSafely(
  schema: ExtraField["schema"],
  text: string | undefined,
): { data: unknown } | undefined {
  try {
    const { success, data } = z.safeParse(schema, text);
    return success && !NOT_KEPT.test(JSON.stringify(data) ?? "") ? { data } : undefined;
  } catch {
    return undefined;
  }
}
