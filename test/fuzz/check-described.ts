import type { AnswerCheck } from "../system/check-answer.ts";
import type { Played } from "./play.ts";

/**
 * Where the answers of a scenario differ from the API's OpenAPI document. It describes neither batches
 * nor what Node answers by itself, which has no id of a request.
 */
export function checkDescribed(played: Played[], check: AnswerCheck): string[] {
  return played.flatMap(({ request, answers }) => {
    if (request.is !== "http") return [];
    const [path = "", query = ""] = request.target.split("?", 2);
    if (!path.startsWith("/api/") || /batch/.test(query)) return [];
    return answers.flatMap(({ status, headers, body }) => {
      if (!headers.has("x-request-id")) return [];
      const { method } = request;
      const answer = { method, path, status, headers: Object.fromEntries(headers) };
      const wrong = check(method === "HEAD" ? answer : { ...answer, body });
      if (wrong === "undescribed") return [];
      return wrong.map(
        (what) =>
          `not as described: ${what}\n    to ${request.method} ${path}\n    ${body.slice(0, 500)}`,
      );
    });
  });
}
