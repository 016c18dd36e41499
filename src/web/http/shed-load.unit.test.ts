import { createServer, type ServerResponse } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { afterAll, afterEach, expect, it } from "vitest";
import { waitFor } from "#test/servers/wait-for.ts";
import { chainGuards, type Guard } from "#src/platform/http/guard.ts";
import { shedLoad } from "./shed-load.ts";
import { HASHES_AT_ONCE } from "#src/signup/hash-password.ts";

const MOST = 16 * HASHES_AT_ONCE;
const MOST_STREAMS = 2000;
const held: ServerResponse[] = [];

/** Holds every call until it is released, like a slow store; answers everything else. */
const hold: Guard = (request, response) => {
  if (request.url?.startsWith("/api/trpc/")) held.push(response);
  else response.end("here");
};
const server = createServer(chainGuards([shedLoad(), hold]));
// A busy machine may be slower than the 5 s after which Node closes a connection that fetch reuses.
server.keepAliveTimeout = 0;
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
afterAll(() => server.close());

const letGo = () => held.splice(0).forEach((response) => response.end("done"));
afterEach(letGo);

const call = (path: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, init);
const stream = () => call("/api/trpc/signupStatus?input=1");
const post = (name: string) => call(`/api/trpc/${name}`, { method: "POST", body: "{}" });
const callCreateUser = () =>
  call("/api/trpc/createUser", { method: "POST", body: "x".repeat(1000) });

/** The maximum number of concurrent sign-ups. */
async function fill(): Promise<Promise<Response>[]> {
  const underWay = Array.from({ length: MOST }, callCreateUser);
  await waitFor("the sign-ups to be under way", () => held.length === MOST);
  return underWay;
}

it("refuses excess sign-ups at once, says when to try again, and finishes accepted ones", async () => {
  const underWay = await fill();
  const refused = await callCreateUser();
  expect(refused.status).toBe(503);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
  expect(Number(refused.headers.get("retry-after"))).toBeLessThanOrEqual(3);
  const { error } = await refused.json();
  expect(error.data).toMatchObject({ code: "SERVICE_UNAVAILABLE", httpStatus: 503 });
  expect(error.data.retryAfterMs).toBe(1000 * Number(refused.headers.get("retry-after")));
  expect(error.message).toContain("sending it twice is safe");
  expect(held).toHaveLength(MOST);
  letGo();
  for (const answer of await Promise.all(underWay)) expect(answer.status).toBe(200);
  const next = callCreateUser();
  await waitFor("the next one", () => held.length === 1);
  letGo();
  expect((await next).status).toBe(200);
});

it("keeps room for other calls, streams, pages and health checks", async () => {
  const underWay = await fill();
  const others = ["verifyEmail", "signupStatus"].map((name) => call(`/api/trpc/${name}`));
  await waitFor("the other calls", () => held.length === MOST + 2);
  for (const path of ["/signup", "/api/health"]) expect((await call(path)).status).toBe(200);
  letGo();
  for (const answer of await Promise.all([...underWay, ...others])) expect(answer.status).toBe(200);
});

it("has room for many streams, up to a limit of their own", async () => {
  // A stream whose body never arrives counts while it is open, because it is served anyway.
  const { port } = server.address() as AddressInfo;
  const half = connect(port, "127.0.0.1");
  half.write("GET /api/trpc/signupStatus HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n");
  const streams: Promise<Response>[] = [];
  while (streams.length < MOST_STREAMS - 1) {
    // In batches that a busy machine accepts before fetch gives up.
    const some = Math.min(50, MOST_STREAMS - 1 - streams.length);
    streams.push(...Array.from({ length: some }, stream));
    await waitFor("the streams", () => held.length === streams.length + 1);
  }
  expect((await stream()).status).toBe(503);
  const other = callCreateUser();
  await waitFor("a sign-up", () => held.length === MOST_STREAMS + 1);
  half.destroy();
  await waitFor("it to be gone", () => held.some((response) => response.destroyed));
  const next = stream();
  await waitFor("the next stream", () => held.length === MOST_STREAMS + 2);
  letGo();
  for (const answer of await Promise.all([...streams, next, other]))
    expect(answer.status).toBe(200);
});

it.each(["createUs%65r?x", "createUser,createUser?batch=1", "inspectLink,createUser?batch=1"])(
  "counts %s as a sign-up",
  async (name) => {
    const underWay = await fill();
    expect((await post(name)).status).toBe(503);
    letGo();
    await Promise.all(underWay);
  },
);

it("counts a stream as a stream in any spelling", async () => {
  const streams = Array.from({ length: MOST }, () => call("/api/trpc/%73ignupStatus"));
  await waitFor("the streams", () => held.length === MOST);
  const other = post("inspectLink");
  await waitFor("another call", () => held.length === MOST + 1);
  letGo();
  for (const answer of await Promise.all([...streams, other])) expect(answer.status).toBe(200);
});

it("does not count a POST to the stream as a stream, as its body may never arrive", async () => {
  const others = Array.from({ length: MOST }, () => post("inspectLink"));
  await waitFor("the other calls", () => held.length === MOST);
  expect((await post("signupStatus")).status).toBe(503);
  const opened = stream();
  await waitFor("a stream", () => held.length === MOST + 1);
  letGo();
  for (const answer of await Promise.all([...others, opened])) expect(answer.status).toBe(200);
});

it("stops counting a client that has left", async () => {
  const leaving = new AbortController();
  const left = Array.from({ length: MOST }, () =>
    call("/api/trpc/createUser", { signal: leaving.signal }).catch(() => "left"),
  );
  await waitFor("the sign-ups", () => held.length === MOST);
  leaving.abort();
  expect(new Set(await Promise.all(left))).toEqual(new Set(["left"]));
  await waitFor("room for another", async () => {
    const answer = callCreateUser();
    const taken = await Promise.race([
      answer.then(({ status }) => status !== 503),
      waitFor("it to be held", () => held.length > MOST),
    ]);
    return taken;
  });
});

/** The head of a sign-up, and the first part of its body. */
const HALVES: [how: string, first: string, rest: string][] = [
  ["with a length", "content-length: 1000\r\n\r\nhalf", "x".repeat(996)],
  ["without its last byte", `content-length: 60000\r\n\r\n${"x".repeat(59_999)}`, "x"],
  ["in chunks", "transfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n", "4\r\nhalf\r\n0\r\n\r\n"],
  ["without any byte", "content-length: 9\r\n\r\n", "x".repeat(9)],
  ["with Expect: 100-continue", "expect: 100-continue\r\ncontent-length: 9\r\n\r\n", "123456789"],
];

/** Opens connections that send half a sign-up, and returns their answers. */
async function sendHalves(many: number, first: string) {
  const { port } = server.address() as AddressInfo;
  const sockets = Array.from({ length: many }, () => connect(port, "127.0.0.1"));
  const answers = sockets.map(() => "");
  sockets.forEach((socket, i) => {
    socket.on("error", () => {}).on("data", (data) => (answers[i] += String(data)));
    socket.write(`POST /api/trpc/createUser HTTP/1.1\r\nhost: x\r\n${first}`);
  });
  await waitFor("all of it to be sent", () => sockets.every((s) => s.writableLength === 0));
  const answered = (status: number) =>
    answers.filter((answer) => answer.includes(`HTTP/1.1 ${status} `)).length;
  return { sockets, answered };
}

it.each(HALVES)(
  "serves half requests once complete, up to the limit: sent %s",
  async (_, first, rest) => {
    const { sockets, answered } = await sendHalves(MOST + 93, first);
    // Meanwhile they block no one.
    const whole = callCreateUser();
    await waitFor("a whole request to be taken", () => held.length === 1);
    letGo();
    expect((await whole).status).toBe(200);
    expect(held).toHaveLength(0);
    for (const socket of sockets) socket.write(rest);
    await waitFor("the others to be refused", () => answered(503) === 93);
    expect(held).toHaveLength(MOST);
    expect((await call("/api/health")).status).toBe(200);
    letGo();
    await waitFor("the answers", () => answered(200) === MOST);
    for (const socket of sockets) socket.destroy();
  },
);

it("passes on a body that is too long, without waiting for its end", async () => {
  const first = `content-length: 200000\r\n\r\n${"x".repeat(150_000)}`;
  const { sockets, answered } = await sendHalves(1, first);
  await waitFor("it to be handed over", () => held.length === 1);
  letGo();
  await waitFor("its answer", () => answered(200) === 1);
  sockets[0]!.destroy();
});

it("forgets half a request if its client has left", async () => {
  const { sockets } = await sendHalves(MOST, HALVES[0]![1]);
  for (const socket of sockets) socket.destroy();
  const underWay = await fill();
  letGo();
  for (const answer of await Promise.all(underWay)) expect(answer.status).toBe(200);
});

it("passes on the body as sent, byte by byte or at once", async () => {
  const echo = createServer(async (request, response) => {
    const body: Buffer[] = [];
    // Like Next, which does other work first.
    await new Promise((resolve) => setTimeout(resolve, 20));
    for await (const chunk of request) body.push(chunk);
    response.end(Buffer.concat(body));
  });
  await new Promise<void>((resolve) => echo.listen(0, "127.0.0.1", resolve));
  const { port } = echo.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/api/trpc/createUser`;
  for (const body of ["", "x", "äöü".repeat(10_000), "x".repeat(99_999), "x".repeat(300_000)]) {
    const answer = await fetch(url, { method: "POST", body });
    expect(await answer.text()).toBe(body);
    const chunked = new Blob([body]).stream();
    const init = { method: "POST", body: chunked, duplex: "half" };
    expect(await (await fetch(url, init)).text()).toBe(body);
  }
  echo.closeAllConnections();
  echo.close();
});
