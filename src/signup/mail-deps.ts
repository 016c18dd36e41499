import type { Knex } from "knex";
import type { Jobs } from "#src/tx-jobs/index.ts";
import type { AssertMailable } from "./assert-mailable.ts";
import type { Limits } from "./limits/limits.ts";

/** Dependencies of anything that sends a verification mail. */
export interface MailDeps {
  db: Knex;
  jobs: Jobs;
  limits: Limits;
  assertMailable: AssertMailable;
  /** The client's address; see client-address.ts. */
  client: string;
  /** Hours until the mailed link expires. */
  verificationTtlHours: number;
}
