import * as z from "zod/mini";
import type { Schema } from "./document.ts";

/**
 * Converts a zod schema to what goes over the wire, as OpenAPI 3.1 takes it (JSON Schema 2020-12).
 * An input's schema accepts everything that the server does, and perhaps more, because JSON Schema
 * cannot express the refinements.
 * @param io whether the server reads the value (`input`) or writes it
 * @param texts what to add to the properties of these names
 */
export function toJsonSchema(
  schema: z.core.$ZodType,
  io: "input" | "output",
  texts: Record<string, Schema> = {},
): Schema {
  const { $schema: _, ...converted } = z.toJSONSchema(schema, {
    io,
    override({ zodSchema, jsonSchema, path }) {
      if (io === "input" && changesText(zodSchema)) {
        // These describe the text after it was trimmed.
        delete jsonSchema.pattern;
        delete jsonSchema.allOf;
      }
      // zod's patterns of a UUID and a time add nothing to the formats but length.
      if (io === "output" && jsonSchema.format) delete jsonSchema.pattern;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (io === "input") dropUnasked(jsonSchema);
      if (path.at(-2) === "properties") Object.assign(jsonSchema, texts[String(path.at(-1))]);
    },
  });
  return converted;
}

/** Whether the schema changes a text before it checks all of it. */
function changesText({ _zod: { def } }: z.core.$ZodType): boolean {
  // oxlint-disable-next-line no-underscore-dangle -- zod/mini's schemas are read through it
  return def.checks?.some((check) => check._zod.def.check === "overwrite") ?? false;
}

/** Leaves out the properties that no value is valid for. */
function dropUnasked({ properties }: z.core.JSONSchema.BaseSchema): void {
  for (const [name, property] of Object.entries(properties ?? {})) {
    if (typeof property === "object" && property.not) delete properties![name];
  }
}
