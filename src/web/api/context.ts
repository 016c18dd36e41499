import type { Knex } from "knex";
import type { WebEnv } from "#src/platform/env.ts";
import type { Jobs } from "#src/tx-jobs/index.ts";
import type { AssertMailable } from "#src/signup/assert-mailable.ts";
import type { Log } from "#src/platform/log.ts";
import type { Limits } from "#src/signup/limits/limits.ts";
import type { StatusWatch } from "#src/signup/status/signup-status.ts";

/** What every request shares: made once a process, and by each test for itself. */
export interface Services {
  env: WebEnv;
  db: Knex;
  jobs: Jobs;
  log: Log;
  statuses: StatusWatch;
  limits: Limits;
  assertMailable: AssertMailable;
  /** The usernames that nobody can take; see reserved-usernames.ts. */
  reserved: ReadonlySet<string>;
  /** Is aborted when the process is about to end, and with it whatever would last. */
  closing: AbortSignal;
}

/** What a procedure works with. A test of the router passes one in; no server is needed. */
export interface Context extends Services {
  /** The request's `Cookie` header. */
  cookies: string | null;
  /** Which client it is, for limits; never for the log. See client-address.ts. */
  clientAddress: string;
  /** The response's headers. */
  responseHeaders: Headers;
}
