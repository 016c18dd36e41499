import { createServer } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { afterAll, describe, expect, it } from "vitest";
import { testDatabase } from "#test/fixtures/database.ts";
import { exchangeBytes } from "#test/fixtures/exchange-bytes.ts";
import { testServices, whenReady } from "#test/fixtures/services.ts";
import { waitFor } from "#test/servers/wait-for.ts";
import { aSignup } from "#test/system/person.ts";
import { chainGuards } from "#src/platform/http/guard.ts";
import { answerApi } from "./answer-api.ts";
import { shedLoad } from "./shed-load.ts";

const services = await testServices(await testDatabase());
await whenReady(services);
/** Web's handling of calls, followed by a handler that reports anything unanswered. */
const server = createServer(
  chainGuards([
    shedLoad(),
    answerApi(services),
    ({ url }, response) => response.end(`Next: ${url}`),
  ]),
);
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
afterAll(() => server.close());
const { port } = server.address() as AddressInfo;
const origin = `http://127.0.0.1:${port}`;

const post = (body: RequestInit["body"], headers: Record<string, string> = {}) =>
  fetch(`${origin}/api/trpc/createUser`, {
    method: "POST",
    body: body!,
    headers: { "content-type": "application/json", ...headers },
    duplex: "half",
  } as RequestInit);

describe("an API call", () => {
  it("is answered with its headers, cookies and body", async () => {
    const answer = await post(JSON.stringify(aSignup()));
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store, no-transform");
    expect(answer.headers.getSetCookie()).toHaveLength(1);
    const text = await answer.text();
    expect(Number(answer.headers.get("content-length"))).toBe(Buffer.byteLength(text));
    expect(JSON.parse(text)).toMatchObject({ result: { data: { user: {} } } });
  });

  it("for a stream heeds a client that asks to close", async () => {
    const [cookie] = (await post(JSON.stringify(aSignup()))).headers.getSetCookie();
    const socket = connect(port, "127.0.0.1");
    let answer = "";
    socket.on("data", (data) => (answer += String(data)));
    socket.write(
      ["HEAD /api/trpc/signupStatus HTTP/1.1", "Host: localhost", "Connection: close"]
        .concat(`Cookie: ${cookie!.split(";", 1)[0]}`, "", "")
        .join("\r\n"),
    );
    await waitFor("the server to close", () => socket.readableEnded);
    expect(answer).toMatch(/^HTTP\/1\.1 200 .*\r\nconnection: close\r\n/is);
    expect(answer).not.toContain("keep-alive");
  });

  it("may arrive in pieces", async () => {
    const bytes = Buffer.from(JSON.stringify(aSignup()));
    const pieces = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    expect((await post(pieces)).status).toBe(200);
  });

  it.each([
    ["with its length", "x".repeat(100_001)],
    ["in pieces", new Blob(["x".repeat(300_000)]).stream()],
  ])("is refused if it is too long, and its connection stays usable: %s", async (_, body) => {
    expect((await post(body)).status).toBe(413);
    expect((await post(JSON.stringify(aSignup()))).status).toBe(200);
  });

  it("is refused before all of it has arrived if it is too long", async () => {
    const head =
      "POST /api/trpc/createUser HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
    const answer = await exchangeBytes(port, `${head}content-length: 999999\r\n\r\n{`, (text) =>
      text.includes("\r\n\r\n"),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  it("is left to Next if it has another method or path", async () => {
    for (const [method, path] of [
      ["PUT", "/api/trpc/createUser"],
      ["GET", "/api/trpc"],
      ["GET", "/api/%74rpc/createUser"],
      ["GET", "/signup"],
    ] as const) {
      expect(await (await fetch(origin + path, { method })).text()).toBe(`Next: ${path}`);
    }
  });

  it("is answered with a 500 after a defect", async () => {
    const broken = { ...services, env: { ...services.env, APP_URL: "no URL" } };
    const other = createServer(chainGuards([answerApi(broken)]));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}/api/trpc/createUser`;
    const answer = await fetch(url, { method: "POST" });
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({
      error: { data: { code: "INTERNAL_SERVER_ERROR" } },
    });
    other.close();
  });
});
