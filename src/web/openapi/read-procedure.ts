import * as z from "zod/mini";
import type { FieldsParser } from "#src/shared/parse-fields.ts";
import { appRouter } from "../api/router.ts";
import type { ProcedureName } from "./procedures.ts";

/** What tRPC keeps of a procedure; its types show only a part. */
interface Definition {
  type: "query" | "mutation" | "subscription";
  inputs: (z.ZodMiniType | FieldsParser<z.ZodMiniType>)[];
}

interface Procedure {
  type: Definition["type"];
  /** The schema that the router parses the input by, if there is one. */
  input: z.ZodMiniType | undefined;
  isInputOptional: boolean;
}

/** The names of the router's procedures. */
export const procedureNames = () => Object.keys(appRouter._def.procedures) as ProcedureName[];

/** Reads a procedure out of the router. */
export function readProcedure(name: ProcedureName): Procedure {
  const { type, inputs } = appRouter._def.procedures[name]._def as unknown as Definition;
  const [parser] = inputs;
  const input = parser && "schema" in parser ? parser.schema : parser;
  return { type, input, isInputOptional: input instanceof z.ZodMiniOptional };
}

/** The name of a procedure's schema in the document. */
export function schemaName(name: ProcedureName, of: "Input" | "Output" | "Event"): string {
  return name[0]!.toUpperCase() + name.slice(1) + of;
}

/** A reference to it. */
export function refTo(...names: Parameters<typeof schemaName>): { $ref: string } {
  return { $ref: `#/components/schemas/${schemaName(...names)}` };
}
