import { expect, it } from "vitest";
import { isCrossSite } from "./is-cross-site.ts";

const OWN = "https://enlist.example";

it.each<[boolean, string, Record<string, string>]>([
  [false, "no browser", {}],
  [false, "the page", { "sec-fetch-site": "same-origin", origin: OWN }],
  [false, "a typed address", { "sec-fetch-site": "none" }],
  [true, "another site", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }],
  [true, "a sibling host", { "sec-fetch-site": "same-site", origin: "https://www.enlist.example" }],
  [true, "another site with our origin", { "sec-fetch-site": "cross-site", origin: OWN }],
  [false, "a page in an older browser", { origin: OWN }],
  [
    false,
    "a page under another of our names",
    { origin: "http://10.0.0.1:3000", host: "10.0.0.1:3000" },
  ],
  [
    true,
    "another site in an older browser",
    { origin: "https://evil.example", host: "enlist.example" },
  ],
  [true, "a sandboxed frame", { origin: "null", host: "enlist.example" }],
  [true, "nonsense", { origin: "enlist.example", host: "enlist.example" }],
])("cross-site is %s for %s", (expected, _, headers) => {
  const of = (method: string) => new Request(`${OWN}/api/trpc/verifyEmail`, { method, headers });
  expect(isCrossSite(of("POST"), OWN)).toBe(expected);
  expect(isCrossSite(of("GET"), OWN)).toBe(false);
});
