import * as z from "zod/mini";
import type { Path } from "./document.ts";
import { errorResponses } from "./errors.ts";
import { jsonAnswer } from "./json-answer.ts";

/** What a readiness response of web holds: a worker's has more. */
export const readinessSchema = z.strictObject({
  ready: z.boolean(),
  stopping: z.optional(z.literal(true)),
  checks: z.strictObject({
    postgres: z.enum(["ok", "unavailable"]),
    redis: z.enum(["ok", "unavailable", "full"]),
    migrations: z.enum(["ok", "pending", "unknown"]),
  }),
});

const badHost = errorResponses(["BAD_REQUEST"], { BAD_REQUEST: "The Host header is invalid." });

/** The paths for probes and load balancers. */
export const PROBES: Path[] = [
  {
    path: "/api/health",
    method: "get",
    operation: {
      operationId: "health",
      summary: "Tell whether the process lives",
      tags: ["operation"],
      security: [],
      responses: {
        200: jsonAnswer("It lives.", z.strictObject({ alive: z.literal(true) })),
        ...badHost,
      },
    },
  },
  {
    path: "/api/ready",
    method: "get",
    operation: {
      operationId: "ready",
      summary: "Tell whether the process can take requests",
      tags: ["operation"],
      security: [],
      parameters: [
        {
          name: "exclude",
          in: "query",
          description: "A check that does not count. May be repeated.",
          schema: {
            type: "array",
            items: { type: "string", enum: ["postgres", "redis", "migrations"] },
          },
        },
      ],
      responses: {
        200: jsonAnswer("It is ready.", readinessSchema),
        503: jsonAnswer("It is not ready, or is stopping.", readinessSchema),
        ...badHost,
      },
    },
  },
];
