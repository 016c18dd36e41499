import { aSignup } from "../system/person.ts";
import { call, type Answer } from "../system/call.ts";

/** What came of one request; its status is 0 where no answer came. */
export interface Outcome extends Pick<Answer, "status" | "retryAfter" | "resent"> {
  /** Milliseconds to the last byte of the answer. */
  ms: number;
}

const NO_ANSWER: Pick<Answer, "status" | "retryAfter" | "resent"> = {
  status: 0,
  retryAfter: undefined,
  resent: false,
};

/** Somebody nobody has seen before signs up. Never throws. */
export const signUpOnce = (port: number): Promise<Outcome> =>
  send(port, "/api/trpc/createUser", aSignup());

/** Looks whether the page is there. Never throws. */
export const look = (port: number): Promise<Outcome> => send(port, "/signup");

async function send(port: number, path: string, body?: object): Promise<Outcome> {
  const began = performance.now();
  const { status, retryAfter, resent } = await call(`http://127.0.0.1:${port}${path}`, {
    body,
  }).catch(() => NO_ANSWER);
  return { status, retryAfter, resent, ms: performance.now() - began };
}
