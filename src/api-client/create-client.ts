import { call, type CallOptions } from "./call.ts";
import type { Procedures, SignUpInput, SignupStatus, User } from "./procedures.ts";
import type { Connection, SentRequest } from "./send.ts";
import { signUp, type SignUpOptions } from "./sign-up.ts";
import { watchSignup } from "./watch-signup.ts";

export interface ClientOptions {
  /** Where Enlist is, such as `https://accounts.example.com`. In a browser, the page's own origin. */
  url?: string | undefined;
  /** Milliseconds to wait for one answer, 20,000 by default. */
  timeoutMs?: number | undefined;
  /** The `cookie` of an earlier client, to go on with its sign-up. Not in browsers. */
  cookie?: string | undefined;
  /** Sends the requests, to add a header or an agent, for example. */
  fetch?: ((url: string, request: SentRequest) => Promise<Response>) | undefined;
}

type Method<Name extends keyof Procedures> = (
  input: Procedures[Name]["input"],
  options?: CallOptions,
) => Promise<Procedures[Name]["output"]>;

/** Enlist, for one person. All methods send once, except `signUp` and `signupStatus`. */
export interface Client {
  /** The sign-up's cookie, in Node. Anyone who has it acts as this client. */
  readonly cookie: string | undefined;
  /** Signs up, and sends the same sign-up again until it is answered. */
  signUp(input: SignUpInput, options?: SignUpOptions): Promise<{ user: User }>;
  /** Where the sign-up's mail is, at once and after every change, until it is verified. */
  signupStatus(options?: CallOptions): AsyncGenerator<SignupStatus, void>;
  /** A hint while the person types. */
  usernameAvailable: Method<"usernameAvailable">;
  /** Sends another mail, for this client's sign-up or for a link's `token`. */
  resendVerification: Method<"resendVerification">;
  /** Sends the mail to another address. */
  correctEmail: Method<"correctEmail">;
  /** The address that an invitation is for. */
  inspectInvitation: Method<"inspectInvitation">;
  /** Describes a link, and changes nothing. */
  inspectLink: Method<"inspectLink">;
  /** Confirms by the link's `token`, with the password unless this client signed up; or by `code`. */
  verifyEmail: Method<"verifyEmail">;
  /** Where a verified person goes on, with a code for the application if this client may have one. */
  handOff: Method<"handOff">;
  /** Deletes the sign-up of a link: "this was not me". */
  discardSignup: Method<"discardSignup">;
}

/**
 * Creates a client for one person. It sends nothing yet.
 * @throws {TypeError} if the URL is missing or invalid
 */
export function createClient({
  url = globalThis.location?.origin,
  timeoutMs = 20_000,
  cookie,
  fetch = (...request) => globalThis.fetch(...request),
}: ClientOptions = {}): Client {
  if (!URL.canParse(url))
    throw new TypeError(
      "createClient needs the URL of Enlist, such as https://accounts.example.com",
    );
  const connection: Connection = {
    api: `${url.replace(/\/+$/, "")}/api/trpc/`,
    fetch,
    timeoutMs,
    cookie,
  };
  const method =
    <Name extends keyof Procedures>(name: Name): Method<Name> =>
    (input, options) =>
      call(connection, name, input, options);
  return {
    get cookie() {
      return connection.cookie;
    },
    signUp: (input, options) => signUp(connection, input, options),
    signupStatus: (options) => watchSignup(connection, options),
    usernameAvailable: method("usernameAvailable"),
    resendVerification: method("resendVerification"),
    correctEmail: method("correctEmail"),
    inspectInvitation: method("inspectInvitation"),
    inspectLink: method("inspectLink"),
    verifyEmail: method("verifyEmail"),
    handOff: method("handOff"),
    discardSignup: method("discardSignup"),
  };
}
