import type { DataValidateFunction } from "ajv/dist/types/index.js";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parseEvents } from "./parse-events.ts";

/** An answer as it came over the line. */
export interface WireAnswer {
  method: string;
  /** Without the query. */
  path: string;
  status: number;
  /** By their names in small letters. */
  headers: Record<string, string>;
  /** Left out of a HEAD, or if it was not read. */
  body?: string | undefined;
}

/** What differs between the answer and the document; `undescribed` if its operation is not there. */
export type AnswerCheck = (answer: WireAnswer) => string[] | "undescribed";

/** What is read of an OpenAPI document. */
interface Node {
  $ref?: string;
  [key: string]: Node | string | boolean | undefined;
}

/** Creates a check of answers against an OpenAPI 3.1 document. */
export function createAnswerCheck(document: object): AnswerCheck {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  validateContents(ajv);
  ajv.addSchema(document, "api");

  /** Follows names into the document, and references on the way. */
  const find = (...names: string[]): { node: Node; pointer: string } | undefined => {
    let node: Node | undefined = document as Node;
    let pointer = "#";
    for (const name of names) {
      node = node[name] as Node | undefined;
      pointer += `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      if (!node) return undefined;
      if (node.$ref && name !== "schema") return find(...node.$ref.slice(2).split("/"));
    }
    return { node, pointer };
  };
  const validate = (schema: string, value: unknown, what: string): string[] => {
    const check = ajv.getSchema(`api${schema}`);
    if (!check) throw new Error(`no schema at ${schema}`);
    if (check(value)) return [];
    return [`${what}: ${ajv.errorsText(check.errors, { dataVar: "" })}`];
  };

  return ({ method, path, status, headers, body }) => {
    const verb = method === "HEAD" ? "get" : method.toLowerCase();
    if (!find("paths", path, verb)) return "undescribed";
    const response = find("paths", path, verb, "responses", String(status));
    if (!response) return [`the status ${status}`];
    const names = response.pointer.slice(2).split("/").map(unescape);
    const wrong = Object.keys((response.node.headers as Node) ?? {}).flatMap((name) => {
      const header = find(...names, "headers", name)!;
      const value = headers[name.toLowerCase()];
      if (value === undefined) return header.node.required ? [`no header ${name}`] : [];
      const isNumber = (header.node.schema as Node).type === "integer";
      return validate(`${header.pointer}/schema`, isNumber ? Number(value) : value, name);
    });
    if (body === undefined) return wrong;
    const type = headers["content-type"]?.split(";", 1)[0] ?? "";
    const content = find(...names, "content", type, "schema");
    if (!content) return [...wrong, `the type ${type}`];
    const value = type === "application/json" ? parseJson(body) : body;
    return [...wrong, ...validate(content.pointer, value, "the body")];
  };
}

const unescape = (name: string) => name.replaceAll("~1", "/").replaceAll("~0", "~");

/** Lets Ajv look into texts that hold something else, which it takes as they are. */
function validateContents(ajv: Ajv2020): void {
  ajv.removeKeyword("contentSchema");
  ajv.addKeyword({
    keyword: "contentSchema",
    type: "string",
    errors: "full",
    compile(schema: object, parent: Record<string, unknown>) {
      const parse = parent.contentMediaType === "text/event-stream" ? parseEvents : parseJson;
      // Its references lead into the document.
      const absolute = JSON.stringify(schema).replaceAll('"$ref":"#', '"$ref":"api#');
      const check = ajv.compile(JSON.parse(absolute) as object);
      const validate: DataValidateFunction = (text: string) => {
        const isValid = check(parse(text));
        validate.errors = check.errors ?? undefined;
        return isValid;
      };
      return validate;
    },
  });
}

/** What the JSON says; undefined, which no schema accepts, if it is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
