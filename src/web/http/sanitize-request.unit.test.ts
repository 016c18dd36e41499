import { createServer, request, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, it } from "vitest";
import { parseTrust } from "#src/platform/client-address.ts";
import { chainGuards } from "#src/platform/http/guard.ts";
import { sanitizeRequest } from "./sanitize-request.ts";

const server = createServer(
  chainGuards([
    sanitizeRequest(parseTrust("0")),
    ({ headers, url }, response) => {
      response.setHeader("x-target", url ?? "");
      response.end(JSON.stringify(headers));
    },
  ]),
);
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
afterAll(() => server.close());

async function headersOf(sent: [string, string][]): Promise<IncomingHttpHeaders> {
  const { port } = server.address() as AddressInfo;
  return (await fetch(`http://127.0.0.1:${port}`, { headers: sent })).json();
}

it.each<[string, [string, string][]]>([
  ["nothing", []],
  ["another address", [["x-enlist-client", "203.0.113.9"]]],
  ["another address in capitals", [["X-Enlist-Client", "203.0.113.9"]]],
  [
    "two other addresses",
    [
      ["x-enlist-client", "203.0.113.9"],
      ["x-enlist-client", "203.0.113.10"],
    ],
  ],
  ["a proxy's header", [["x-forwarded-for", "203.0.113.9"]]],
])("the client's address is the socket's if the client sends %s", async (_, sent) => {
  expect((await headersOf(sent))["x-enlist-client"]).toBe("127.0.0.1");
});

it("Next's internal headers are not accepted from a client", async () => {
  const headers = await headersOf([
    ["X-Middleware-Prefetch", "1"],
    ["x-middleware-subrequest", "src/middleware"],
    ["x-mine", "1"],
  ]);
  expect(Object.keys(headers).filter((name) => name.startsWith("x-m"))).toEqual(["x-mine"]);
});

/** What a server sees of a target that fetch() would not send. */
function steered(path: string): Promise<unknown> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path }, (answer) => {
      answer.resume().once("end", () => resolve(answer.headers["x-target"]));
    });
    sent.once("error", reject).end();
  });
}

it("an encoded question mark starts the query", async () => {
  expect(await steered("/verify%3Ftoken%3Dabc%3F")).toBe("/verify?token%3Dabc%3F");
  expect(await steered("/verify?token=abc%3F")).toBe("/verify?token=abc%3F");
});

it.each(["*", "/%E0%A4%A", "/a%zz"])("treats %s as an unknown path", async (target) => {
  expect(await steered(target)).toBe("/not-a-path");
});

it.each([
  ["/signup?a=%zz", "/signup?a=%zz"],
  ["//signup", "//signup"],
  ["http://localhost/signup?a=b", "/signup?a=b"],
  ["HTTPS://localhost:3000", "/"],
])("reads %s as the path %s", async (target, path) => {
  expect(await steered(target)).toBe(path);
});
