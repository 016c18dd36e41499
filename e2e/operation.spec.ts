import { connect } from "node:net";
import { text } from "node:stream/consumers";
import type { Stack } from "./stack.ts";
import { expect, test } from "./test.ts";

async function ask(stack: Stack, path: string) {
  const response = await fetch(`${stack.url}/api/${path}`);
  return { status: response.status, ...(await response.json()) };
}

test("web says that it lives, and whether it is ready", async ({ newStack }) => {
  const stack = await newStack();
  const checks = { postgres: "ok", redis: "ok", migrations: "ok" };
  expect(await ask(stack, "health")).toEqual({ status: 200, alive: true });
  expect(await ask(stack, "ready")).toEqual({ status: 200, ready: true, checks });
  stack.redis.program.signal("SIGSTOP");
  const started = Date.now();
  const away = { checks: { ...checks, redis: "away" } };
  expect(await ask(stack, "ready")).toEqual({ status: 503, ready: false, ...away });
  expect(Date.now() - started).toBeLessThan(2000);
  expect(await ask(stack, "ready?exclude=redis")).toEqual({ status: 200, ready: true, ...away });
  expect(await ask(stack, "health")).toMatchObject({ status: 200 });
  stack.redis.program.signal("SIGCONT");
});

test("web is not ready any more once it is to stop", async ({ newStack }) => {
  const stack = await newStack();
  const socket = connect(Number(new URL(stack.url).port), "127.0.0.1");
  // A request that is still coming when the signal does: whoever comes later finds the port closed.
  socket.write("GET /api/ready HTTP/1.1\r\nhost: localhost\r\n");
  await ask(stack, "health");
  const stopped = stack.web.program.stop();
  await stack.web.program.said(/"msg":"stopping"/);
  socket.write("connection: close\r\n\r\n");
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 503 [^]*"stopping":true/);
  await stopped;
  expect(await stack.web.program.ended).toBe("ended with code 0");
});
