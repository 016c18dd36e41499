import { randomUUID } from "node:crypto";
import { connect, type Socket } from "node:net";
import type { Stack } from "./stack.ts";
import { aPerson } from "#test/system/person.ts";
import { expect, test } from "./test.ts";

/** A raw connection, and what it has received. */
function open(stack: Stack): { socket: Socket; heard: () => string } {
  const { hostname, port } = new URL(stack.url);
  const socket = connect(Number(port), hostname);
  let text = "";
  socket.on("error", () => {}).on("data", (data) => (text += String(data)));
  return { socket, heard: () => text };
}

/** Sends a raw request, and returns the status of the answer. */
async function say(stack: Stack, lines: string[], body = ""): Promise<number> {
  const { socket, heard } = open(stack);
  socket.write([...lines, "", body].join("\r\n"));
  await expect.poll(heard).toMatch(/^HTTP\/1\.1 \d+ [^]*\r\n\r\n/);
  socket.destroy();
  return Number(heard().split(" ", 2)[1]);
}

const aBody = () => JSON.stringify({ requestId: randomUUID(), ...aPerson() });

const UPGRADES = [
  ["Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__"],
  ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"],
  ["Connection: upgrade", "Upgrade: TLS/1.0"],
];

test("a request with Upgrade is treated as an ordinary one", async ({ stack }) => {
  for (const upgrade of UPGRADES) {
    const get = (path: string, id: string) => {
      const lines = [`GET ${path} HTTP/1.1`, "Host: x", `X-Request-Id: ${id}`, ...upgrade];
      return say(stack, lines);
    };
    for (const [path, status] of [
      ["/signup", 200],
      ["/api/health", 200],
      ["/nothing", 404],
      ["/api/trpc/signupStatus", 401],
      ["/api/trpc/nothing", 404],
    ] as const) {
      const id = randomUUID();
      expect(`${path} ${await get(path, id)}`).toBe(`${path} ${status}`);
      if (path !== "/api/health") {
        await stack.web.program.said(
          new RegExp(`"requestId":"${id}","method":"GET","path":"${path}","status":${status}`),
        );
      }
    }
    const body = aBody();
    const lines = ["POST /api/trpc/createUser HTTP/1.1", "Host: x", ...upgrade];
    const type = "Content-Type: application/json";
    const length = `Content-Length: ${Buffer.byteLength(body)}`;
    expect(await say(stack, [...lines, type, length], body)).toBe(200);
  }
});

test("half requests that complete at once are served up to the limit", async ({ stack }) => {
  const halves = Array.from({ length: 200 }, () => {
    const body = aBody();
    const connection = open(stack);
    const head = [
      "POST /api/trpc/createUser HTTP/1.1",
      "Host: x",
      "Content-Type: application/json",
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    connection.socket.write([...head, "", body.slice(0, -1)].join("\r\n"));
    return { ...connection, rest: body.slice(-1) };
  });
  // Meanwhile they take no slots.
  const whole = { method: "POST", headers: { "content-type": "application/json" }, body: aBody() };
  expect((await fetch(`${stack.url}/api/trpc/createUser`, whole)).status).toBe(200);
  for (const { socket, rest } of halves) socket.write(rest);
  expect((await fetch(`${stack.url}/api/health`)).status).toBe(200);
  const statuses = () => halves.map(({ heard }) => heard().split(" ", 2)[1]);
  await expect.poll(() => statuses().filter(Boolean).length).toBe(200);
  const served = statuses().filter((status) => status === "200").length;
  const refused = statuses().filter((status) => status === "503").length;
  expect(served + refused).toBe(200);
  expect(served).toBeGreaterThan(0);
  // Sixteen per core have room; few others come late enough to get a freed slot.
  expect(refused).toBeGreaterThan(50);
  for (const { socket } of halves) socket.destroy();
});

test("refuses two Host headers, an invalid one, or none", async ({ stack }) => {
  for (const path of ["/signup", "/api/health", "/api/trpc/signupStatus", "/nothing"]) {
    const get = (...hosts: string[]) =>
      say(stack, [`GET ${path} HTTP/1.1`, ...hosts.map((host) => `Host: ${host}`)]);
    expect(await get("a.example", "b.example")).toBe(400);
    expect(await get("a b")).toBe(400);
    expect(await get()).toBe(400);
  }
});

test("HEAD returns the same headers as GET", async ({ stack }) => {
  const input = encodeURIComponent(JSON.stringify({ username: "nobody" }));
  for (const path of [
    "/",
    "/signup",
    "/signup/check-inbox",
    "/verify?token=x",
    "/nothing",
    "/icon.svg",
    "/api/health",
    "/api/ready",
    "/api/metrics",
    `/api/trpc/usernameAvailable?input=${input}`,
    "/api/trpc/usernameAvailable",
    "/api/trpc/usernameAvailable?input=%FF",
    "/api/trpc/signupStatus",
    "/api/trpc/createUser",
    "/api/trpc/nothing",
  ]) {
    const ask = async (method: string) => {
      const answer = await fetch(stack.url + path, { method, redirect: "manual" });
      await answer.arrayBuffer();
      const { headers, status } = answer;
      const told = ["content-type", "cache-control", "location", "content-security-policy"];
      return { path, status, ...Object.fromEntries(told.map((name) => [name, headers.get(name)])) };
    };
    expect(await ask("HEAD")).toEqual(await ask("GET"));
  }
});
