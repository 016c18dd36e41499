import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, it } from "vitest";
import { createLog } from "#src/platform/log.ts";
import { createReturns } from "#src/signup/return/returns.ts";
import { checkReturn } from "./check-return.ts";

const returns = createReturns({
  RETURN_URL: "https://good.example/welcome",
  RETURN_URLS: [],
  RETURN_NAME: undefined,
});

/** What becomes of a request for this URL, and what is logged. */
function follow(url: string, allowed = returns) {
  let logged = "";
  const log = createLog("test", "info", { write: (line: string) => void (logged += line) });
  const request = { url } as IncomingMessage;
  const response = { statusCode: 200 } as ServerResponse;
  let passes = 0;
  checkReturn(allowed, log)(request, response, () => void passes++);
  expect(passes).toBe(1);
  return { url: request.url, status: response.statusCode, logged };
}

it.each([
  "/en/signup",
  "/en/signup?return_to=&state=",
  "/en/signup?return_to=https://good.example/welcome&state=x",
  "/en/signup/check-inbox?return_to=https://evil.example",
  "/en/verify?state=%00",
])("lets %s pass", (url) => {
  expect(follow(url)).toEqual({ url, status: 200, logged: "" });
});

it.each([
  ["return_to=https://evil.example/?mail=a@b.example", "return_to", /not within RETURN_URL/],
  ["return_to=https://good.example/welcome%2523", "return_to", /not within RETURN_URL/],
  ["return_to=https://good.example/welcome%23x", "return_to", /has a fragment/],
  ["return_to=https://a@good.example/welcome", "return_to", /has a user name/],
  ["return_to=//good.example/welcome", "return_to", /not an absolute URL/],
  ["return_to=https://good.example/welcome%5c", "return_to", /has a backslash/],
  ["return_to=https://good.example/welcome/%252f", "return_to", /an encoded slash/],
  ["return_to=https://good.example/welcome?code=x", "return_to", /the parameter code/],
  ["return_to=x&return_to=y", "return_to", /more than once/],
  [`return_to=${"x".repeat(2001)}`, "return_to", /at most 2000/],
  ["state=a%0Ab", "state", /state/],
  ["state=a&state=b", "state", /more than once/],
])("refuses %s, and logs why, but not what", (query, parameter, reason) => {
  const { url, status, logged } = follow(`/pt-BR/signup?${query}`);
  expect({ url, status }).toEqual({ url: `/pt-BR/signup/refused/${parameter}`, status: 400 });
  expect(JSON.parse(logged)).toMatchObject({ parameter, reason: expect.stringMatching(reason) });
  expect(logged).not.toMatch(/evil|good|mail|x{9}/);
});

it("names RETURN_URL if it is missing", () => {
  const none = createReturns({ RETURN_URL: undefined, RETURN_URLS: [], RETURN_NAME: undefined });
  expect(follow("/en/signup?return_to=https://app.example", none).logged).toMatch(/no RETURN_URL/);
});
