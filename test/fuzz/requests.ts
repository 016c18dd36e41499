import fc from "fast-check";
import { headers, hosts, type Header } from "./headers.ts";
import { HANDOFF } from "#src/web/api/serve-handoff.ts";
import { inputs, PROCEDURES, SECRET, swaps, type Procedure } from "./inputs.ts";
import { targets } from "./paths.ts";
import { bytes, texts } from "./texts.ts";

/** How a body is sent; all but the first two are wrong. */
type Framing = "length" | "chunked" | "both" | "too short" | "too long" | "broken chunk";

/** A request before what it says in braces is filled in: see fill-in.ts. */
export interface HttpRequest {
  is: "http";
  method: string;
  target: string;
  host: string;
  headers: Header[];
  body: string;
  /** How the body's characters become bytes. */
  encoding: "utf8" | "latin1" | "utf16le";
  framing: Framing;
}

/** Bytes on a line, whatever they mean. */
interface RawRequest {
  is: "raw";
  bytes: string;
}

/** Several whole requests on one connection, of which none waits for an answer. */
interface Pipeline {
  is: "pipeline";
  requests: HttpRequest[];
}

export type FuzzRequest = HttpRequest | RawRequest | Pipeline;

/** The one that takes the most gets the most. */
const procedures = fc.oneof(
  { weight: 1, arbitrary: fc.constant("createUser" as const) },
  { weight: 2, arbitrary: fc.constantFrom(...PROCEDURES) },
);

const methods = fc.oneof(
  { weight: 12, arbitrary: fc.constant("POST") },
  { weight: 3, arbitrary: fc.constant("GET") },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "SEARCH", "QUERY"],
      ...["CONNECT", "post", "GETT", "X"],
    ),
  },
);

const framings: fc.Arbitrary<Framing> = fc.oneof(
  { weight: 16, arbitrary: fc.constant("length" as const) },
  { weight: 2, arbitrary: fc.constant("chunked" as const) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Framing>("both", "too short", "too long", "broken chunk"),
  },
);

const encodings = fc.oneof(
  { weight: 12, arbitrary: fc.constant("utf8" as const) },
  { weight: 1, arbitrary: fc.constantFrom("latin1" as const, "utf16le" as const) },
);

/** A target of the API and the body to go with it. */
interface Call {
  target: string;
  body: string;
}

const single = (procedure: Procedure): fc.Arbitrary<Call> =>
  inputs(procedure).map((body) => ({ target: `/api/trpc/${procedure}`, body }));

const batch: fc.Arbitrary<Call> = fc
  .array(procedures, { minLength: 1, maxLength: 4 })
  .chain((names) =>
    fc.tuple(fc.tuple(...names.map(inputs)), fc.boolean()).map(([bodies, shifted]) => ({
      target: `/api/trpc/${names.join(",")}?batch=1`,
      body: `{${bodies.map((body, n) => `"${shifted ? n + 1 : n}":${body || "null"}`).join(",")}}`,
    })),
  );

const calls = fc.oneof(
  { weight: 6, arbitrary: procedures.chain(single) },
  { weight: 2, arbitrary: batch },
  { weight: 1, arbitrary: swaps.map((body) => ({ target: HANDOFF, body })) },
);

/** A call whose input is in the URL, where GET has it, and at times where it does not belong. */
const inUrl = fc
  .tuple(calls, fc.boolean())
  .map(([{ target, body }, encoded]) => {
    // A lone surrogate cannot be written into a URL.
    const input = encoded
      ? encodeURIComponent(body.replaceAll(/\p{Cs}/gu, "\ufffd"))
      : body.slice(0, 2000);
    return { target: `${target}${target.includes("?") ? "&" : "?"}input=${input}`, body: "" };
  })
  .map(({ target, body }) => ({ target: keepFillers(target).slice(0, 9000), body }));

/** The braces of what is to be filled in must survive the encoding. */
function keepFillers(url: string): string {
  return url.replaceAll(/%7B((?:own|fresh)\.\w+)%7D/g, "{$1}");
}

const apiCalls = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(methods, calls) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constant("GET"), inUrl),
  },
);

const pageCalls = fc.tuple(
  fc.oneof({ weight: 2, arbitrary: fc.constant("GET") }, methods),
  fc
    .tuple(targets, fc.oneof({ weight: 3, arbitrary: fc.constant("") }, texts))
    .map(([target, body]) => ({ target, body })),
);

const http: fc.Arbitrary<HttpRequest> = fc
  .record({
    call: fc.oneof({ weight: 5, arbitrary: apiCalls }, { weight: 2, arbitrary: pageCalls }),
    host: hosts,
    headers,
    encoding: encodings,
    framing: framings,
  })
  .map(({ call: [method, { target, body }], ...rest }) => ({
    is: "http",
    method,
    target,
    body,
    ...rest,
    headers: [...rest.headers, ...credentialsFor(target, rest.headers)],
  }));

/** The application's secret, where it swaps codes, unless the request has something else. */
function credentialsFor(target: string, others: Header[]): Header[] {
  const isOther = others.some(([name]) => name === "authorization");
  return target === HANDOFF && !isOther ? [["authorization", `Bearer ${SECRET}`]] : [];
}

/** Those whose answer ends: behind a stream, the next one would come in minutes. */
const answering = procedures.filter((name) => name !== "signupStatus");

/** What anybody might send whose body fits its length, with nothing odd in the headers. */
const plain: fc.Arbitrary<HttpRequest> = answering.chain(single).map(({ target, body }) => ({
  is: "http",
  method: "POST",
  target,
  body,
  host: "{host}",
  headers: [
    ["content-type", "application/json"],
    ["cookie", "enlist_signup={own.cookie}"],
  ],
  encoding: "utf8",
  framing: "length",
}));

const LINE = "POST /api/trpc/createUser HTTP/1.1\r\n";

const raw: fc.Arbitrary<string> = fc.oneof(
  bytes,
  fc.constantFrom(
    "",
    "\r\n\r\n",
    "GET / HTTP/0.9\r\n\r\n",
    "GET / HTTP/2.0\r\nhost: x\r\n\r\n",
    "GET /signup\r\n\r\n",
    "GET / HTTP/1.1\r\n\r\n",
    "GET / HTTP/1.0\r\n\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    LINE,
    `${LINE}host: x\r\n`,
    `${LINE}host: x\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\n{}`,
    `${LINE}host: x\r\ncontent-length: -1\r\n\r\n{}`,
    `${LINE}host: x\r\ncontent-length: 99999999999999999999\r\n\r\n{}`,
    `${LINE}host: x\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
    `${LINE}host: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n`,
    `${LINE}host: x\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffff\r\n`,
    `${LINE}host : x\r\n folded\r\n\r\n`,
    `${LINE}host: x\r\ncookie: a\x00b\r\n\r\n`,
    `${LINE}${"x: y\r\n".repeat(3000)}\r\n`,
  ),
  fc.tuple(bytes, fc.nat({ max: 80 })).map(([odd, at]) => {
    const whole = `${LINE}host: x\r\ncontent-type: application/json\r\n\r\n`;
    return whole.slice(0, at) + odd + whole.slice(at);
  }),
);

/** One request, or what somebody sends in place of one. */
export const requests: fc.Arbitrary<FuzzRequest> = fc.oneof(
  { weight: 16, arbitrary: http },
  { weight: 1, arbitrary: raw.map((text): FuzzRequest => ({ is: "raw", bytes: text })) },
  {
    weight: 1,
    arbitrary: fc
      .array(plain, { minLength: 2, maxLength: 3 })
      .map((several): FuzzRequest => ({ is: "pipeline", requests: several })),
  },
);
