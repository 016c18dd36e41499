import * as z from "zod/mini";

/**
 * A procedure's parser by the schema of its fields. Whatever is no object, or is not there at all,
 * lacks every field, and is told so by their names.
 * @returns what throws a ZodError with every violation
 */
export function parseFields<Schema extends z.ZodMiniType>(
  schema: Schema,
): (raw: unknown) => z.output<Schema> {
  return (raw) => z.parse(schema, isObject(raw) ? raw : {});
}

function isObject(raw: unknown): raw is Record<string, unknown> {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}
