import type { Knex } from "knex";
import type { Language } from "#src/shared/languages.ts";
import type { WebEnv } from "#src/platform/env.ts";
import type { Jobs } from "#src/tx-jobs/index.ts";
import type { AssertMailable } from "#src/signup/assert-mailable.ts";
import type { Log } from "#src/platform/log.ts";
import type { Announce } from "#src/signup/user-events.ts";
import type { Limits } from "#src/signup/limits/limits.ts";
import type { Returns } from "#src/signup/return/returns.ts";
import type { createParseSignup } from "#src/signup/parse-signup.ts";
import type { StatusWatch } from "#src/signup/status/signup-status.ts";

/** Shared by all requests: created once per process, and by each test for itself. */
export interface Services {
  env: WebEnv;
  db: Knex;
  jobs: Jobs;
  announce: Announce;
  log: Log;
  statuses: StatusWatch;
  limits: Limits;
  assertMailable: AssertMailable;
  returns: Returns;
  /** Parses the input of `createUser` by what this installation asks for. */
  parseSignup: ReturnType<typeof createParseSignup>;
  /** Usernames that cannot be taken; see reserved-usernames.ts. */
  reserved: ReadonlySet<string>;
  /** Aborts when the process is about to end, so that streams end too. */
  closing: AbortSignal;
}

/** The context of one call. Tests of the router pass one in, without a server. */
export interface Context extends Services {
  /** The request's `Cookie` header. */
  cookies: string | null;
  /** What the client's texts are in. */
  language: Language;
  /** The client's address, for limits and never for the log. See client-address.ts. */
  clientAddress: string;
  /** Headers to add to the response. */
  responseHeaders: Headers;
}
