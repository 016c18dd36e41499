import { expect, it } from "vitest";
import { isCrossSite } from "./is-cross-site.ts";

const OWN = "https://enlist.example";

it.each<[boolean, string, Record<string, string>]>([
  [false, "no browser", {}],
  [false, "the page", { "sec-fetch-site": "same-origin", origin: OWN }],
  [false, "whoever typed it", { "sec-fetch-site": "none" }],
  [true, "another site", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }],
  [true, "a neighbour", { "sec-fetch-site": "same-site", origin: "https://www.enlist.example" }],
  [true, "another site that names us", { "sec-fetch-site": "cross-site", origin: OWN }],
  [false, "an older browser's page", { origin: OWN }],
  [
    false,
    "a page by another of our names",
    { origin: "http://10.0.0.1:3000", host: "10.0.0.1:3000" },
  ],
  [
    true,
    "an older browser's other site",
    { origin: "https://evil.example", host: "enlist.example" },
  ],
  [true, "a sandboxed frame", { origin: "null", host: "enlist.example" }],
  [true, "nonsense", { origin: "enlist.example", host: "enlist.example" }],
])("%s for %s", (expected, _, headers) => {
  const of = (method: string) => new Request(`${OWN}/api/trpc/verifyEmail`, { method, headers });
  expect(isCrossSite(of("POST"), OWN)).toBe(expected);
  expect(isCrossSite(of("GET"), OWN)).toBe(false);
});
