import type { FormSettings } from "#src/shared/form-settings.ts";
import { createUserSchemaOf } from "#src/shared/signup-schema.ts";
import { objectOf, type Schema } from "./document.ts";
import { FIELDS } from "./fields.ts";
import { OUTPUTS } from "./outputs.ts";
import { PROCEDURES, type ProcedureName } from "./procedures.ts";
import { readProcedure, refTo, schemaName } from "./read-procedure.ts";
import { toJsonSchema } from "./to-json-schema.ts";

/** The schemas of a procedure's input and output, and of the events of a subscription. */
export function describeSchemas(name: ProcedureName, form: FormSettings): Record<string, Schema> {
  const { type, input: inRouter } = readProcedure(name);
  // The router does not know what the installation asks for.
  const input = name === "createUser" ? createUserSchemaOf(form) : inRouter;
  const extra = PROCEDURES[name].input;
  return {
    ...(input
      ? { [schemaName(name, "Input")]: { ...toJsonSchema(input, "input", FIELDS), ...extra } }
      : {}),
    [schemaName(name, "Output")]: toJsonSchema(OUTPUTS[name], "output"),
    ...(type === "subscription" ? { [schemaName(name, "Event")]: describeEvent(name) } : {}),
  };
}

/** The events of tRPC's streams, each with the fields that it sets. */
function describeEvent(name: ProcedureName): Schema {
  const connected = objectOf({ reconnectAfterInactivityMs: { type: "integer" } });
  return {
    oneOf: [
      {
        description: "Without a name: what the procedure yields.",
        ...objectOf({ data: json(refTo(name, "Output")) }),
      },
      named("connected", "The first event.", json(connected)),
      named("ping", "Every 15 seconds, to show that the connection is alive.", { const: "" }),
      named("return", "The last event, unless the stream failed.", { const: "" }),
      named(
        "serialized-error",
        "The last event of a stream that failed.",
        json({ $ref: "#/components/schemas/ErrorShape" }),
      ),
    ],
  };
}

function named(event: string, description: string, data: Schema): Schema {
  return { description, ...objectOf({ event: { const: event }, data }) };
}

/** A text that holds JSON. */
function json(contentSchema: Schema): Schema {
  return { type: "string", contentMediaType: "application/json", contentSchema };
}
