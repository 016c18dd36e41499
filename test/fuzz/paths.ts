import fc from "fast-check";

/** The paths that lead somewhere, besides the API. */
const PAGES = [
  "/",
  "/signup",
  "/signup/",
  "/signup?return_to=https%3A%2F%2Fapp.example%2Fcart&state=x",
  "/signup?return_to=https://evil.example/",
  "/signup/check-inbox",
  "/signup/refused/return_to",
  "/signup/refused/state",
  "/verify",
  "/verify?token={own.token}",
  "/icon.svg",
  "/favicon.ico",
  "/robots.txt",
  "/nothing",
  "/404",
  "/500",
  "/_error",
  "/_not-found",
  "/_next",
  "/_next/static/x.js",
  "/_next/data/x/signup.json",
  "/_next/image?url=%2Ficon.svg&w=64&q=75",
  "/_next/image?url=http%3A%2F%2F127.0.0.1%2F&w=64&q=75",
  "/_next/image?url=%2Fapi%2Ftrpc%2FcreateUser&w=64&q=75",
  "/_next/image",
  "/signup.rsc",
  "/signup.txt",
  "/api",
  "/api/handoff",
  "/api/links",
  "/api/health",
  "/api/ready?exclude=x&exclude=redis",
  "/api/metrics",
  "/api/openapi.json",
  "/api/links",
  "/api/handoff",
  "/api/trpc",
  "/api/trpc/",
  "/api/trpc/nothing",
  "/api/trpc/createUser",
  "/api/trpc/createUser/x",
];

/** What makes a path odd. */
const ODD = [
  "%00",
  "%2f",
  "%2F..%2F",
  "//",
  "/../",
  "/./",
  "/..%2f..%2fetc%2fpasswd",
  "\\",
  "%5c",
  "%",
  "%zz",
  "%E0%A4%A",
  "%c0%af",
  "%ff",
  "%ED%A0%80",
  ";a=b",
  "?",
  "??",
  "?a[b]=c&a=d",
  "?input=%",
  "?%00",
  "?_rsc=x",
  "?__nextLocale=x&nxtPtrpc=x",
  "#x",
  "\u00e9\u00ff",
  "\u0001",
  ":",
  "@evil.example",
  "__proto__",
  "[trpc]",
  "(x)",
  "/*",
  "a".repeat(3000),
];

const page = fc.constantFrom(...PAGES);

const spoilt = fc
  .tuple(page, fc.constantFrom(...ODD), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([path, odd, where]) => {
    const at = 1 + Math.round(where * (path.length - 1));
    return path.slice(0, at) + odd + path.slice(at);
  })
  // A token that has come out of the query would be in the log, rightly.
  .map((path) => path.replaceAll("{own.token}", "x"));

/** The targets of requests that are not the API's. */
export const targets = fc.oneof(
  { weight: 4, arbitrary: page },
  { weight: 4, arbitrary: spoilt },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "*",
      "http://evil.example/signup",
      "http://{host}/signup",
      "//evil.example/signup",
      "///signup",
      "signup",
      "evil.example:443",
      "/%2e%2e/%2e%2e/.env",
      "/.env",
      "/.git/config",
      "/.next/BUILD_ID",
    ),
  },
);
