import { objectOf, type Answer, type Header, type Operation, type Path } from "./document.ts";
import { errorResponses, type ErrorCode } from "./errors.ts";
import { PROCEDURES, type ProcedureName } from "./procedures.ts";
import { readProcedure, refTo } from "./read-procedure.ts";

const READ: ErrorCode[] = ["BAD_REQUEST", "INTERNAL_SERVER_ERROR", "SERVICE_UNAVAILABLE"];

/** The codes that any procedure may answer with, by method. */
const ALWAYS: Record<Path["method"], ErrorCode[]> = {
  get: READ,
  post: [...READ, "FORBIDDEN", "PAYLOAD_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE"],
};

const COOKIE = { signupCookie: [] };
const SECURITY = { needs: [COOKIE], reads: [{}, COOKIE], ignores: [] };

const REQUEST_ID = { "X-Request-Id": { $ref: "#/components/headers/RequestId" } };

/** The path of a procedure. {@link describeSchemas} has the schemas that it refers to. */
export function describeProcedure(name: ProcedureName): Path {
  const { type } = readProcedure(name);
  const { summary, description, cookie, refusals } = PROCEDURES[name];
  const method = type === "mutation" ? "post" : "get";
  const codes = [...ALWAYS[method], ...(Object.keys(refusals) as ErrorCode[])];
  const why = Object.entries(refusals).filter(([, text]) => text !== true);
  const operation: Operation = {
    operationId: name,
    summary,
    ...(description ? { description } : {}),
    tags: ["signup"],
    security: SECURITY[cookie],
    ...describeInput(name, method),
    responses: {
      200: type === "subscription" ? describeStream(name) : describeResult(name),
      ...errorResponses(codes, Object.fromEntries(why)),
    },
  };
  return { path: `/api/trpc/${name}`, method, operation };
}

function describeInput(
  name: ProcedureName,
  method: Path["method"],
): Pick<Operation, "parameters" | "requestBody"> {
  const { input, isInputOptional } = readProcedure(name);
  if (!input) return {};
  const required = !isInputOptional;
  const example = PROCEDURES[name].example?.input;
  const schema = refTo(name, "Input");
  const content = { "application/json": { schema, ...(example ? { example } : {}) } };
  if (method === "post") return { requestBody: { required, content } };
  const description = "The input as JSON.";
  return { parameters: [{ name: "input", in: "query", description, required, content }] };
}

function describeResult(name: ProcedureName): Answer {
  const { setsCookie, example } = PROCEDURES[name];
  return {
    description: "Done.",
    headers: {
      ...REQUEST_ID,
      ...(setsCookie ? { "Set-Cookie": describeCookie(setsCookie === "always") } : {}),
    },
    content: {
      "application/json": {
        schema: objectOf({ result: objectOf({ data: refTo(name, "Output") }) }),
        ...(example ? { example: { result: { data: example.output } } } : {}),
      },
    },
  };
}

function describeCookie(required: boolean): Header {
  const description = "Proves that the sign-up was made in this browser, or its password given.";
  return { description, required, schema: { type: "string" } };
}

/** OpenAPI 3.1 has no events, but JSON Schema describes a text that holds something else. */
function describeStream(name: ProcedureName): Answer {
  return {
    description: "Server-sent events. `contentSchema` describes each by the fields that it sets.",
    headers: REQUEST_ID,
    content: {
      "text/event-stream": {
        schema: {
          type: "string",
          contentMediaType: "text/event-stream",
          contentSchema: { type: "array", items: refTo(name, "Event") },
        },
      },
    },
  };
}
