import { createServer } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { afterAll, describe, expect, it } from "vitest";
import { exchangeBytes } from "#test/fixtures/exchange-bytes.ts";
import { waitFor } from "#test/servers/wait-for.ts";
import { checkHost } from "./check-host.ts";
import { chainGuards, type Guard } from "./guard.ts";

const echo: Guard = async (message, response) => {
  const body: Buffer[] = [];
  for await (const chunk of message) body.push(chunk);
  response.end(`${message.method} ${message.url} ${Buffer.concat(body).toString()}`);
};
const server = createServer(chainGuards([checkHost, echo]));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
afterAll(() => server.close());

/** The answer to these bytes. */
const say = (bytes: string, isAll: (answer: string) => boolean) =>
  exchangeBytes((server.address() as AddressInfo).port, bytes, isAll);

const CURL =
  "connection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAAP__\r\n";

describe("a request with Upgrade", () => {
  it.each([
    ["curl --http2", CURL],
    ["a WebSocket", "connection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n"],
    ["TLS", "connection: upgrade\r\nupgrade: TLS/1.0\r\n"],
    ["several protocols", "connection: keep-alive, Upgrade\r\nupgrade: foo/1, h2c\r\n"],
  ])("is treated as an ordinary request: %s", async (_, upgrade) => {
    const head = (method: string) => `${method} /a/path HTTP/1.1\r\nhost: x\r\n${upgrade}`;
    expect(await say(`${head("GET")}\r\n`, (answer) => answer.includes("GET /a/path"))).toMatch(
      /^HTTP\/1\.1 200 /,
    );
    const lengthy = `${head("POST")}content-length: 4\r\n\r\nbody`;
    await say(lengthy, (answer) => answer.includes("POST /a/path body"));
    const chunked = `${head("POST")}transfer-encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n`;
    await say(chunked, (answer) => answer.includes("POST /a/path body"));
  });

  it("leaves its connection usable for the next request", async () => {
    const { port } = server.address() as AddressInfo;
    const socket = connect(port, "127.0.0.1");
    let answers = "";
    socket.on("data", (data) => (answers += String(data)));
    for (const path of ["/first", "/second"]) {
      socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\n${CURL}\r\n`);
      await waitFor(path, () => answers.includes(`GET ${path}`));
    }
    socket.destroy();
  });
});

describe("the Host header", () => {
  const ask = (hosts: string[]) =>
    say(
      ["GET / HTTP/1.1", ...hosts.map((host) => `Host: ${host}`), "connection: close", "", ""].join(
        "\r\n",
      ),
      (answer) => answer.includes("\r\n\r\n"),
    );

  it.each(["example.com", "example.com:3000", "127.0.0.1:80", "[::1]:3000", "a_b.example", ""])(
    "may be %j",
    async (host) => expect(await ask([host])).toMatch(/^HTTP\/1\.1 200 /),
  );

  it.each([
    [["a.example", "b.example"]],
    [["a.example", "a.example"]],
    [["a.example", ""]],
    [["a.example, b.example"]],
    [["a b"]],
    [["a@b"]],
    [["http://a.example"]],
    [["a.example/path"]],
    [["a.example:port"]],
  ])("is refused as %j", async (hosts) => {
    const answer = await ask(hosts);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('"code":"BAD_REQUEST"');
  });
});
