import { setTimeout as sleep } from "node:timers/promises";
import { call } from "../system/call.ts";
import { aSignup, type Signup } from "../system/person.ts";

/** Seconds before a client that was told "too much to do" comes again, where the answer names none. */
const AGAIN = 0.25;

/**
 * Signs somebody new up over HTTP, and comes again as long as web has too much to do.
 * @param url where web is
 * @returns how often it was told to come again
 */
export async function signUpOverHttp(url: string, given: Partial<Signup> = {}): Promise<number> {
  const signup = aSignup(given);
  for (let refused = 0; ; refused++) {
    const { status, retryAfter = AGAIN } = await call(`${url}/api/trpc/createUser`, {
      body: signup,
    });
    if (status === 200) return refused;
    if (status !== 503) throw new Error(`createUser answered ${status}`);
    await sleep(retryAfter * 1000);
  }
}
