import * as z from "zod/mini";
import type { Path } from "./document.ts";
import { errorResponses } from "./errors.ts";
import { jsonAnswer } from "./json-answer.ts";

/** Where the sign-up page's links lead. */
export const LINKS: Path = {
  path: "/api/links",
  method: "get",
  operation: {
    operationId: "links",
    summary: "Tell where the page's links lead",
    tags: ["signup"],
    security: [],
    responses: {
      200: jsonAnswer(
        "`signIn` is null if the installation names none.",
        z.strictObject({ signIn: z.nullable(z.string()) }),
      ),
      ...errorResponses(["BAD_REQUEST"], { BAD_REQUEST: "The Host header is invalid." }),
    },
  },
};
