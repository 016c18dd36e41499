import type { Guard } from "#src/platform/http/guard.ts";
import { describeApi, DOCUMENT_HEADERS, type DescribedEnv } from "../openapi/describe-api.ts";

const PATH = "/api/openapi.json";

/**
 * Answers with the API's OpenAPI document, made on the first request. A route in Next would load
 * the whole router a second time. Next answers other methods.
 */
export function answerDocument(env: DescribedEnv): Guard {
  let document: string | undefined;
  return ({ method = "", url = "" }, response, pass) => {
    if (url.split("?", 1)[0] !== PATH || !["GET", "HEAD"].includes(method)) return pass();
    document ??= JSON.stringify(describeApi(env));
    response.writeHead(200, { ...DOCUMENT_HEADERS, "content-length": Buffer.byteLength(document) });
    response.end(document);
  };
}
