import { aPersona, fillIn, type Persona } from "./fill-in.ts";
import type { FuzzRequest, HttpRequest } from "./requests.ts";

/** A request as it goes over the line. */
export interface Wire {
  bytes: Buffer;
  /** How many answers it must get; 0 where the line may also just be closed. */
  wanted: number;
  /** Whether this end is closed behind it, as nothing whole was sent. */
  hangUp: boolean;
  toHead: boolean;
}

/** Fills a request in and writes it down. */
export function toBytes(request: FuzzRequest, own: Persona, host: string): Wire {
  if (request.is === "raw") {
    const bytes = Buffer.from(request.bytes, "latin1");
    return { bytes, wanted: 0, hangUp: true, toHead: false };
  }
  if (request.is === "pipeline") {
    const all = request.requests.map((one, n) => {
      return write(one, own, host, n === request.requests.length - 1);
    });
    const wanted = request.requests.length;
    return { bytes: Buffer.concat(all), wanted, hangUp: false, toHead: false };
  }
  const isWhole = !["too long", "broken chunk"].includes(request.framing);
  // CONNECT and the offer to speak something else are no requests that HTTP must answer.
  const named = new Set(request.headers.map(([name]) => name));
  const mustBe = isWhole && request.method !== "CONNECT" && !named.has("upgrade");
  return {
    bytes: write(request, own, host, true),
    wanted: mustBe ? 1 : 0,
    hangUp: !isWhole,
    toHead: request.method === "HEAD",
  };
}

function write(request: HttpRequest, own: Persona, host: string, isLast: boolean): Buffer {
  const fresh = aPersona();
  const fill = (text: string) => fillIn(text, own, fresh, host);
  const body = Buffer.from(fill(request.body), request.encoding);
  const { framing } = request;
  const isChunked = ["chunked", "broken chunk", "both"].includes(framing);
  const wrong = framing === "too long" ? 10 : framing === "too short" ? -1 : 0;
  const lines = [
    `${request.method} ${fill(request.target)} HTTP/1.1`,
    `host: ${fill(request.host)}`,
    ...request.headers.map(([name, value]) => `${name}: ${fill(value)}`),
    ...(isChunked ? ["transfer-encoding: chunked"] : []),
    ...(isChunked && framing !== "both" ? [] : [`content-length: ${lengthOf(body, wrong)}`]),
    ...(isLast ? ["connection: close"] : []),
  ];
  const head = Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
  return Buffer.concat([head, ...(isChunked ? chunks(body, framing) : [body])]);
}

function lengthOf(body: Buffer, wrong: number): number {
  return Math.max(0, body.byteLength + wrong);
}

/** In two chunks, or cut off in the middle of the second. */
function chunks(body: Buffer, framing: HttpRequest["framing"]): Buffer[] {
  const half = Math.ceil(body.byteLength / 2);
  const parts = [body.subarray(0, half), body.subarray(half)].filter((part) => part.length > 0);
  const written = parts.flatMap((part) => [
    Buffer.from(`${part.length.toString(16)}\r\n`),
    part,
    Buffer.from("\r\n"),
  ]);
  if (framing === "broken chunk") return [...written.slice(0, -1), Buffer.from("zz")];
  return [...written, Buffer.from("0\r\n\r\n")];
}
