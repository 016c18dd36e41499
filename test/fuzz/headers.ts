import fc from "fast-check";
import { fieldValues } from "./texts.ts";

export type Header = [name: string, value: string];

/** Content types, of which only the first few are JSON. */
const types = fc.constantFrom(
  "application/json",
  "application/json; charset=utf-8",
  "APPLICATION/JSON",
  "application/json; charset=utf-16",
  "application/json, text/plain",
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "multipart/form-data; boundary=x",
  "application/octet-stream",
  "application/jsonl",
  "text/xml",
  "/",
  "",
);

/** Headers that mean something to some layer: HTTP, Next, tRPC, proxies, Enlist itself. */
const MEANINGFUL: Record<string, string[]> = {
  accept: ["*/*", "application/jsonl", "text/event-stream", "text/html;q=x", ",,;"],
  "accept-encoding": ["gzip", "br", "identity;q=0", "*;q=0", "deflate, gzip;q=-1"],
  "content-encoding": ["gzip", "br", "identity", "gzip, gzip", "x"],
  cookie: ["enlist_signup=", "enlist_signup", "=;=;", ";;;", '"', "enlist_signup=%00", "a=b; a=b"],
  authorization: ["Bearer x", "Basic !!!", ""],
  origin: ["null", "http://evil.example", "x"],
  referer: ["http://evil.example/%00", "::"],
  "sec-fetch-site": ["cross-site", "same-origin", "?"],
  expect: ["100-continue", "200-maybe"],
  range: ["bytes=0-", "bytes=9-1", "x"],
  "if-none-match": ["*", '"x"'],
  "if-modified-since": ["yesterday"],
  upgrade: ["websocket", "h2c"],
  connection: ["upgrade", "close, x", "keep-alive"],
  te: ["trailers"],
  "x-forwarded-for": ["203.0.113.9", "x, y", "::1%eth0"],
  "x-forwarded-host": ["evil.example", "a b", ""],
  "x-forwarded-proto": ["https", "javascript"],
  "x-forwarded-port": ["99999"],
  forwarded: ["for=;host=x"],
  "x-http-method-override": ["GET", "DELETE"],
  "x-request-id": ["a b", "'", "x-1"],
  "x-enlist-client": ["203.0.113.9"],
  "trpc-accept": ["application/jsonl", "text/event-stream"],
  "last-event-id": ["1", "'"],
  traceparent: ["00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "00-x-y-ff"],
  baggage: ["canary=1", "%"],
  rsc: ["1"],
  "next-router-state-tree": ["%", "x", "%5B%22%22%5D", "{}"],
  "next-router-prefetch": ["1", "2"],
  "next-router-segment-prefetch": ["/_tree", "/../x", ""],
  "next-url": ["/x", "//x"],
  "next-action": ["x", "7f00"],
  "next-resume": ["1"],
  "x-nextjs-data": ["1"],
  "x-nextjs-rewrite": ["/x"],
  "x-middleware-subrequest": ["src/middleware", "middleware:middleware"],
  "x-middleware-prefetch": ["1"],
  "x-matched-path": ["/api/trpc/createUser"],
  "x-invoke-path": ["/x"],
  "x-invoke-status": ["500"],
  "x-prerender-revalidate": ["x"],
  "x-now-route-matches": ["1=x"],
  purpose: ["prefetch"],
};

const meaningful = fc
  .constantFrom(...Object.keys(MEANINGFUL))
  .chain((name) =>
    fc
      .oneof(fc.constantFrom(...MEANINGFUL[name]!), fieldValues)
      .map((value): Header => [name, value]),
  );

const strange = fc.tuple(fc.stringMatching(/^[a-zA-Z\d!#$%&'*+.^_`|~-]{1,20}$/), fieldValues);

const cookies = fc
  .oneof(
    { weight: 6, arbitrary: fc.constant("enlist_signup={own.cookie}") },
    { weight: 1, arbitrary: fc.constant("a=b;enlist_signup=x; enlist_signup={own.cookie};c") },
    { weight: 1, arbitrary: fc.constant("enlist_signup={own.cookie}x") },
    { weight: 1, arbitrary: fc.constant("enlist_signup={own.token}") },
    { weight: 1, arbitrary: fieldValues.map((value) => `enlist_signup=${value}`) },
    { weight: 1, arbitrary: fc.constant("canary=1; ".repeat(700)) },
  )
  .map((value): Header => ["cookie", value]);

/** The headers of one request, mostly such as a program would send. */
export const headers: fc.Arbitrary<Header[]> = fc
  .tuple(
    fc.oneof(
      { weight: 6, arbitrary: fc.constant("application/json") },
      { weight: 1, arbitrary: types },
    ),
    fc.option(cookies, { freq: 3 }),
    fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 2, arbitrary: fc.array(fc.oneof(meaningful, strange), { maxLength: 3 }) },
    ),
  )
  .map(([type, cookie, others]) => [
    ["content-type", type],
    ...(cookie ? [cookie] : []),
    ...others,
  ]);

/** The host that is asked for; a few are none. */
export const hosts = fc.oneof(
  { weight: 20, arbitrary: fc.constant("{host}") },
  {
    weight: 1,
    arbitrary: fc.constantFrom("evil.example", "a b", "", "[::1", "x:99999", "%", "@", "a/b", "?"),
  },
);
