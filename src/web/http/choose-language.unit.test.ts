import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, it } from "vitest";
import { chooseLanguage } from "./choose-language.ts";

/** What becomes of a request. */
function follow(url: string, headers: Record<string, string> = {}) {
  const sent = new Map<string, string>();
  const request = { method: "GET", url, headers } as unknown as IncomingMessage;
  const set = (name: string, value: string) => void sent.set(name, value);
  const response = { statusCode: 200, setHeader: set, appendHeader: set, writeHead: () => {} };
  let passes = 0;
  const guard = chooseLanguage("https://acme.example");
  guard(request, response as unknown as ServerResponse, () => void passes++);
  expect(passes).toBe(1);
  response.writeHead();
  return { url: request.url, status: response.statusCode, sent };
}

it.each<[url: string, headers: Record<string, string>, page: string]>([
  ["/signup", {}, "/en/signup"],
  ["/signup?state=x", { "accept-language": "de" }, "/de/signup?state=x"],
  ["/signup/", { "accept-language": "ja, en" }, "/ja/signup"],
  ["/signup", { "accept-language": "de", cookie: "a=b; enlist_language=fr" }, "/fr/signup"],
  ["/signup", { "accept-language": "de", cookie: "enlist_language=xx" }, "/de/signup"],
  ["/verify?token=%2F..", { "accept-language": "ar" }, "/ar/verify?token=%2F.."],
])("shows %s to %j by %s, and tells caches why", (url, headers, page) => {
  const { url: shown, status, sent } = follow(url, headers);
  expect({ shown, status }).toEqual({ shown: page, status: 200 });
  expect(sent.get("vary")).toBe("Accept-Language, Cookie");
  expect(sent.get("content-language")).toBe(page.split(/[/?]/)[1]);
  expect(sent.has("set-cookie")).toBe(false);
});

it.each(["/de/signup", "/pt-BR/signup/check-inbox?sent", "/ja/verify?token=x"])(
  "keeps the choice of %s, whatever the browser asks for",
  (url) => {
    const {
      url: shown,
      status,
      sent,
    } = follow(url, {
      "accept-language": "fr",
      cookie: "enlist_language=es",
    });
    const language = url.split("/")[1]!;
    expect({ shown, status }).toEqual({ shown: url, status: 200 });
    expect(sent.get("content-language")).toBe(language);
    expect(sent.get("set-cookie")).toBe(
      `enlist_language=${language}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure`,
    );
    expect(sent.has("vary")).toBe(false);
  },
);

it.each([
  "/nothing",
  "/xx/signup",
  "/de/nothing",
  "/signup/refused/state",
  "/de/not-found",
  "/signup/..%2f",
])("answers %s with 404", (url) => {
  const { url: shown, status } = follow(url, { "accept-language": "de" });
  expect({ shown, status }).toEqual({ shown: "/de/not-found", status: 404 });
});

it.each([
  "/api/trpc/createUser",
  "/_next/static/a.js",
  "/icon",
  "/favicon.ico",
  "/__nextjs_font/x",
])("leaves %s alone", (url) => {
  const { url: passed, status, sent } = follow(url, { "accept-language": "de" });
  expect({ passed, status, headers: sent.size }).toEqual({ passed: url, status: 200, headers: 0 });
});

/** Where a request is redirected to. */
function redirectOf(url: string, headers: Record<string, string> = {}) {
  const sent: unknown[] = [];
  const response = {
    writeHead: (...head: unknown[]) => (sent.push(...head), { end: () => {} }),
  };
  const request = { method: "GET", url, headers } as unknown as IncomingMessage;
  const pass = () => sent.push("passed");
  chooseLanguage("https://acme.example")(request, response as unknown as ServerResponse, pass);
  return sent;
}

it.each([
  ["/", "/signup"],
  ["/?state=x", "/signup?state=x"],
  ["/ar", "/ar/signup"],
  ["/de/?state=x", "/de/signup?state=x"],
  ["/DE/signup", "/de/signup"],
  ["/pt-br/verify?token=x", "/pt-BR/verify?token=x"],
  ["/de-AT/signup/check-inbox", "/de/signup/check-inbox"],
])("redirects %s to %s", (url, there) => {
  expect(redirectOf(url)).toEqual([307, { location: there }]);
});

it.each([
  ["https://acme.example/signup?return_to=%2Fa&state=x", "/ja/signup?return_to=%2Fa&state=x"],
  ["https://acme.example/de/verify?token=x", "/ja/verify?token=x"],
  ["https://acme.example/de/signup/?state=x", "/ja/signup?state=x"],
  ["https://acme.example/pt-BR/signup/check-inbox?sent", "/ja/signup/check-inbox?sent"],
  // Pages that have no such path, other sites, and browsers that say nothing.
  ["https://acme.example/de/nothing", "/ja/signup"],
  ["https://evil.example//evil.example/signup", "/ja/signup"],
  ["evil", "/ja/signup"],
  ["", "/ja/signup"],
])("shows the page of a link on %s in its language", (referer, there) => {
  expect(redirectOf("/ja/this-page", { referer })).toEqual([307, { location: there }]);
});

it("tells search engines the sign-up page's addresses", () => {
  const link = follow("/signup").sent.get("link")!;
  expect(link).toContain('<https://acme.example/pt-BR/signup>; rel="alternate"; hreflang="pt-BR"');
  expect(link).toContain('<https://acme.example/signup>; rel="alternate"; hreflang="x-default"');
  expect(follow("/verify").sent.has("link")).toBe(false);
});
