import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, it } from "vitest";
import { chainGuards } from "#src/platform/http/guard.ts";
import { describeApi } from "../openapi/describe-api.ts";
import { USUAL_ENV } from "#test/system/person.ts";
import { answerDocument } from "./answer-document.ts";

// No store is there: the document needs none.
const env = { APP_URL: "https://accounts.example.org", ...USUAL_ENV };
const server = createServer(
  chainGuards([answerDocument(env), (_, response) => response.writeHead(404).end()]),
);
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
afterAll(() => server.close());

const call = (path: string, method = "GET") =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { method });

it("answers with the document, which may be kept for a minute", async () => {
  for (const path of ["/api/openapi.json", "/api/openapi.json?x=1"]) {
    const answer = await call(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(answer.headers.get("cache-control")).toBe("public, max-age=60");
    expect(await answer.json()).toEqual(describeApi(env));
  }
});

it("answers HEAD without the body, and leaves all else to the next guard", async () => {
  const head = await call("/api/openapi.json", "HEAD");
  expect(head.status).toBe(200);
  expect(await head.text()).toBe("");
  expect((await call("/api/openapi.json", "POST")).status).toBe(404);
  expect((await call("/api/openapi.jso")).status).toBe(404);
});
