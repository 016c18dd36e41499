import type { Knex } from "knex";
import type { Jobs } from "#src/tx-jobs/index.ts";
import type { AssertMailable } from "./assert-mailable.ts";
import type { Limits } from "./limits/limits.ts";

/** What it takes to have a verification mailed. */
export interface MailDeps {
  db: Knex;
  jobs: Jobs;
  limits: Limits;
  assertMailable: AssertMailable;
  /** Which client asks; see client-address.ts. */
  client: string;
  /** Hours that the mailed link will work. */
  verificationTtlHours: number;
}
