import { toErrorBody } from "#src/platform/http/error-body.ts";

/** Headers of every answer. Next would compress them, but they are too short to gain. */
export const HEADERS = { "cache-control": "no-store, no-transform" };

/** An error answer for requests that are refused before tRPC. */
export function refuse(httpStatus: number, code: string, message: string): Response {
  const body = toErrorBody({ code, httpStatus, message });
  return Response.json(body, { status: httpStatus, headers: HEADERS });
}
