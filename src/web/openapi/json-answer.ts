import type * as z from "zod/mini";
import type { Answer } from "./document.ts";
import { toJsonSchema } from "./to-json-schema.ts";

/** An answer of a path beside the procedures: JSON of this schema. */
export function jsonAnswer(description: string, schema: z.ZodMiniType): Answer {
  return {
    description,
    headers: { "X-Request-Id": { $ref: "#/components/headers/RequestId" } },
    content: { "application/json": { schema: toJsonSchema(schema, "output") } },
  };
}
