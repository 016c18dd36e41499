import { expect } from "vitest";
import type { Services } from "#src/server/api/context.ts";
import { serve } from "#src/server/api/serve.ts";
import type { TestDatabase } from "./database.ts";

/** How the API answered. */
interface ApiAnswer {
  status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- whatever JSON came
  body: any;
  headers: Headers;
}

/** The API as web serves it, but without a socket. */
export function testApi(services: Services, { db }: TestDatabase) {
  /** @param type null for none; of a text it would be text/plain even so */
  const post = async (
    path: string,
    body: BodyInit,
    type: string | null = "application/json",
  ): Promise<ApiAnswer> => {
    const headers: Record<string, string> = type === null ? {} : { "content-type": type };
    // Without `duplex` Node refuses a body that is a stream.
    const init = { method: "POST", headers, body, duplex: "half" };
    const request = new Request(`http://localhost:3000/api/trpc/${path}`, init);
    const response = await serve(request, services);
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text && JSON.parse(text) };
  };

  const users = async () => Number((await db("users").count())[0]?.count);

  /** Expects a refusal that leaves no row and gives away nothing of the inside. */
  const expectRefused = async (
    answer: Promise<ApiAnswer>,
    status: number,
  ): Promise<ApiAnswer["body"]> => {
    const before = await users();
    const { body, ...got } = await answer;
    expect(got.status).toBe(status);
    expect(await users()).toBe(before);
    expect(JSON.stringify(body)).not.toMatch(/stack|insert into|select |node_modules|\.ts:/i);
    return body;
  };

  return { post, expectRefused };
}
