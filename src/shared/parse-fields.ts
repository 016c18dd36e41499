import * as z from "zod/mini";

/**
 * Creates a procedure's parser from a schema. Input that is not an object counts as empty, so that
 * the error names the missing fields.
 * @returns a parser that throws a ZodError with every violation
 */
export function parseFields<Schema extends z.ZodMiniType>(
  schema: Schema,
): (raw: unknown) => z.output<Schema> {
  return (raw) => z.parse(schema, isObject(raw) ? raw : {});
}

function isObject(raw: unknown): raw is Record<string, unknown> {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}
