import { createServer, type ServerResponse } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { afterAll, afterEach, expect, it } from "vitest";
import { waitFor } from "../../scripts/services/wait-for.ts";
import { shedLoad } from "./shed-load.ts";
import { HASHES_AT_ONCE } from "./users/hash-password.ts";

const MOST = 16 * HASHES_AT_ONCE;
const MOST_STREAMS = 2000;
const held: ServerResponse[] = [];

shedLoad();
/** Holds every call until it is let go, as a slow store would; answers all else. */
const server = createServer((request, response) => {
  if (request.url?.startsWith("/api/trpc/")) held.push(response);
  else response.end("here");
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
afterAll(() => server.close());

const letGo = () => held.splice(0).forEach((response) => response.end("done"));
afterEach(letGo);

const call = (path: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, init);
const stream = () => call("/api/trpc/signupStatus?input=1");
const post = (name: string) => call(`/api/trpc/${name}`, { method: "POST", body: "{}" });
const signUp = () => call("/api/trpc/createUser", { method: "POST", body: "x".repeat(1000) });

/** As many sign-ups under way as may be. */
async function fill(): Promise<Promise<Response>[]> {
  const underWay = Array.from({ length: MOST }, signUp);
  await waitFor("the sign-ups to be under way", () => held.length === MOST);
  return underWay;
}

it("refuses at once what is more, says when to come again, and does what it has taken", async () => {
  const underWay = await fill();
  const refused = await signUp();
  expect(refused.status).toBe(503);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
  expect(Number(refused.headers.get("retry-after"))).toBeLessThanOrEqual(3);
  const { error } = await refused.json();
  expect(error.data).toMatchObject({ code: "SERVICE_UNAVAILABLE", httpStatus: 503 });
  expect(error.data.retryAfterMs).toBe(1000 * Number(refused.headers.get("retry-after")));
  expect(error.message).toContain("nothing will be done twice");
  expect(held).toHaveLength(MOST);
  letGo();
  for (const answer of await Promise.all(underWay)) expect(answer.status).toBe(200);
  const next = signUp();
  await waitFor("the next one", () => held.length === 1);
  letGo();
  expect((await next).status).toBe(200);
});

it("keeps room for all else: other calls, streams, pages and health", async () => {
  const underWay = await fill();
  const others = ["verifyEmail", "signupStatus"].map((name) => call(`/api/trpc/${name}`));
  await waitFor("the other calls", () => held.length === MOST + 2);
  for (const path of ["/signup", "/api/health"]) expect((await call(path)).status).toBe(200);
  letGo();
  for (const answer of await Promise.all([...underWay, ...others])) expect(answer.status).toBe(200);
});

it("has room for many streams, but not for any number, and keeps it for them", async () => {
  // One whose body never comes counts as long as it is open, as it is served all the same.
  const { port } = server.address() as AddressInfo;
  const half = connect(port, "127.0.0.1");
  half.write("GET /api/trpc/signupStatus HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n");
  const streams = Array.from({ length: MOST_STREAMS - 1 }, stream);
  await waitFor("the streams", () => held.length === MOST_STREAMS);
  expect((await stream()).status).toBe(503);
  const other = signUp();
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
  "takes %s for the sign-up that it is",
  async (name) => {
    const underWay = await fill();
    expect((await post(name)).status).toBe(503);
    letGo();
    await Promise.all(underWay);
  },
);

it("takes a stream for one, however it is spelt", async () => {
  const streams = Array.from({ length: MOST }, () => call("/api/trpc/%73ignupStatus"));
  await waitFor("the streams", () => held.length === MOST);
  const other = post("inspectLink");
  await waitFor("another call", () => held.length === MOST + 1);
  letGo();
  for (const answer of await Promise.all([...streams, other])) expect(answer.status).toBe(200);
});

it("takes what is posted to the stream for no stream: its body may never come", async () => {
  const others = Array.from({ length: MOST }, () => post("inspectLink"));
  await waitFor("the other calls", () => held.length === MOST);
  expect((await post("signupStatus")).status).toBe(503);
  const opened = stream();
  await waitFor("a stream", () => held.length === MOST + 1);
  letGo();
  for (const answer of await Promise.all([...others, opened])) expect(answer.status).toBe(200);
});

it("counts nobody who has left", async () => {
  const leaving = new AbortController();
  const left = Array.from({ length: MOST }, () =>
    call("/api/trpc/createUser", { signal: leaving.signal }).catch(() => "left"),
  );
  await waitFor("the sign-ups", () => held.length === MOST);
  leaving.abort();
  expect(new Set(await Promise.all(left))).toEqual(new Set(["left"]));
  await waitFor("room for another", async () => {
    const answer = signUp();
    const taken = await Promise.race([
      answer.then(({ status }) => status !== 503),
      waitFor("it to be held", () => held.length > MOST),
    ]);
    return taken;
  });
});

it("is not kept busy by whoever sends half a request and waits", async () => {
  const { port } = server.address() as AddressInfo;
  const head = "POST /api/trpc/createUser HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\nhalf";
  const idle = Array.from({ length: MOST }, () => connect(port, "127.0.0.1"));
  for (const socket of idle) socket.write(head);
  await waitFor("half of each", () => held.length === MOST);
  const answer = await waitFor("a whole request to be taken", async () => {
    const whole = signUp();
    const isHeld = waitFor("it", () => held.length > MOST).then(() => true);
    return (await Promise.race([whole.then(() => false), isHeld])) && { whole };
  });
  letGo();
  expect((await answer.whole).status).toBe(200);
  for (const socket of idle) socket.destroy();
});
