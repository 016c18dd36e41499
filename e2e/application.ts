import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ProcessEnv } from "#test/system/environment.ts";
import type { Stack } from "./stack.ts";

const SECRET = "a-secret-of-the-application-for-these-tests";

/** An application that people are led back to, at /welcome and below /cart. */
export interface Application {
  url: string;
  close(): Promise<void>;
}

export async function startApplication(): Promise<Application> {
  const server = createServer((_, response) => {
    response.setHeader("content-type", "text/html");
    response.end("<!doctype html><link rel=icon href=data:,><title>Shop</title><h1>The shop</h1>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The settings with which a system leads back to the application. */
export function leadBackTo({ url }: Application): ProcessEnv {
  return {
    RETURN_URL: `${url}/welcome`,
    RETURN_URLS: `${url}/cart`,
    RETURN_NAME: "The Shop",
    HANDOFF_SECRET: SECRET,
    SIGN_IN_URL: `${url}/sign-in`,
  };
}

/** The query of a link from the application's cart to the sign-up page. */
export function fromCart({ url }: Application, state = "s-1"): string {
  return `?return_to=${encodeURIComponent(`${url}/cart?id=7`)}&state=${state}`;
}

/** Swaps a code, as the application's server does. */
export async function swap(stack: Stack, body: object, secret = SECRET) {
  const answer = await fetch(`${stack.url}/api/handoff`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${secret}` },
    body: JSON.stringify(body),
  });
  return { status: answer.status, ...(await answer.json()) };
}
