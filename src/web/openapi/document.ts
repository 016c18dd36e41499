/** The parts of OpenAPI 3.1 that are used here (https://spec.openapis.org/oas/v3.1.1). */

/** JSON Schema, draft 2020-12. */
export type Schema = Record<string, unknown>;

interface Content {
  schema: Schema;
  example?: unknown;
}

export interface Reference {
  $ref: string;
  /** Takes the place of the referenced description. */
  description?: string;
}

export interface Header {
  description: string;
  required?: boolean;
  schema: Schema;
}

export interface Answer {
  description: string;
  headers?: Record<string, Header | Reference>;
  content?: Record<string, Content>;
}

interface Parameter {
  name: string;
  in: "query" | "header";
  description: string;
  required?: boolean;
  schema?: Schema;
  content?: Record<string, Content>;
}

export interface Operation {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  /** An empty requirement makes those beside it optional. */
  security: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { required: boolean; content: Record<string, Content> };
  /** By HTTP status. */
  responses: Record<string, Answer | Reference>;
}

/** One path of the API, with its one method. */
export interface Path {
  path: string;
  method: "get" | "post";
  operation: Operation;
}

export interface Document {
  openapi: "3.1.1";
  info: Record<string, unknown>;
  servers: { url: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Partial<Record<Path["method"], Operation>>>;
  components: {
    schemas: Record<string, Schema>;
    responses: Record<string, Answer>;
    headers: Record<string, Header>;
    securitySchemes: Record<string, Schema>;
  };
}

/** A schema of objects with exactly these properties. */
export function objectOf(properties: Record<string, Schema>): Schema {
  const required = Object.keys(properties);
  return { type: "object", properties, required, additionalProperties: false };
}
