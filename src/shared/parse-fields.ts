import * as z from "zod/mini";

/** A procedure's parser, and the schema that it parses by. */
export interface FieldsParser<Schema extends z.ZodMiniType> {
  (raw: unknown): z.output<Schema>;
  schema: Schema;
}

/**
 * Creates a procedure's parser from a schema. Input that is not an object counts as empty, so that
 * the error names the missing fields.
 * @returns a parser that throws a ZodError with every violation
 */
export function parseFields<Schema extends z.ZodMiniType>(schema: Schema): FieldsParser<Schema> {
  const parse = (raw: unknown) => z.parse(schema, isObject(raw) ? raw : {});
  return Object.assign(parse, { schema });
}

function isObject(raw: unknown): raw is Record<string, unknown> {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}
