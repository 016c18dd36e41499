import { toErrorBody } from "#src/platform/http/error-body.ts";

/** Of every answer. Next would compress each; those here are too short to gain by it. */
export const HEADERS = { "cache-control": "no-store, no-transform" };

/** The answer to what is refused before tRPC sees it. */
export function refuse(httpStatus: number, code: string, message: string): Response {
  const body = toErrorBody({ code, httpStatus, message });
  return Response.json(body, { status: httpStatus, headers: HEADERS });
}

/** What a client is told of a defect of ours; the log has the rest. */
export const DEFECT = "Something went wrong on our side. Please try again in a moment.";
