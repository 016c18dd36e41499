import { randomUUID } from "node:crypto";
import { aSignup, type Person } from "../system/person.ts";

/** What a request may say of somebody; each begins with the word by which a leak is found. */
export interface Persona extends Person {
  requestId: string;
  /** The link's token, the mail's code and the sign-up cookie, real ones if they signed up. */
  token: string;
  code: string;
  cookie: string;
}

/** In all that is personal, and in nothing else that is sent. */
export const MARK = "canary";

/** Somebody whom nobody knows yet. */
export function aPersona(): Persona {
  const id = randomUUID().replaceAll("-", "");
  const signup = aSignup({
    username: `${MARK}_${id.slice(0, 12)}`,
    fullName: `${MARK} Ὀδυσσεύς O’Brien`,
    email: `${MARK}.${id.slice(0, 12)}@example.com`,
    password: `${MARK}-${id.slice(12, 24)}-otter`,
  });
  return {
    ...{ username: signup.username, fullName: signup.fullName, email: signup.email },
    ...{ password: signup.password, requestId: signup.requestId },
    token: `${MARK}${id}`.padEnd(64, "x"),
    code: "00000000",
    cookie: `${MARK}${id}`.padEnd(64, "y"),
  };
}

/** Fills in `{own.email}` and the like; `fresh` is somebody new for each request. */
export function fillIn(text: string, own: Persona, fresh: Persona, host: string): string {
  return text
    .replaceAll("{host}", host)
    .replaceAll(/\{(own|fresh)\.(\w+)\}/g, (match, whose: string, field: string) => {
      const person = whose === "own" ? own : fresh;
      return person[field as keyof Persona] ?? match;
    });
}
