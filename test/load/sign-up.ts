import { aSignup } from "../fixtures/signup.ts";
import { call, type Answer } from "../servers/call.ts";

/** What came of one request; its status is 0 where no answer came. */
export interface Outcome extends Answer {
  /** Milliseconds to the last byte of the answer. */
  ms: number;
}

const NO_ANSWER: Answer = { status: 0, retryAfter: undefined, resent: false };

/** Somebody nobody has seen before signs up. Never throws. */
export const signUp = (port: number): Promise<Outcome> =>
  send(port, "/api/trpc/createUser", aSignup());

/** Looks whether the page is there. Never throws. */
export const look = (port: number): Promise<Outcome> => send(port, "/signup");

async function send(port: number, path: string, body?: object): Promise<Outcome> {
  const began = performance.now();
  const answer = await call(`http://127.0.0.1:${port}${path}`, body).catch(() => NO_ANSWER);
  return { ...answer, ms: performance.now() - began };
}
