import type { Knex } from "knex";
import { verifyEmail } from "#src/server/jobs/verify-email.ts";
import { uuidV7 } from "#src/server/users/uuid-v7.ts";
import { fromKnex, type Jobs } from "#src/tx-jobs/index.ts";
import {
  createUserTx,
  type CreateUserTxParams,
  type NewUser,
} from "#src/server/users/create-user-tx.ts";
import { aSignup } from "./signup.ts";

type AfterCreate = CreateUserTxParams["afterCreate"];

/** The hash of a password that no test tries. */
const NOBODYS =
  "$argon2id$v=19$m=19456,t=2,p=1$DLKZxj8Mvhr3SbhswaT53Q$NuboSGDaxLBGxLrQDRCxTtVaOg4JM9k1YkPhVmF4jDY";

const nothing: AfterCreate = async () => {};

/** Enqueues the mail of a user that is made, as the product does. */
export function enqueueWith(jobs: Jobs): AfterCreate {
  return ({ verificationId }, tx) =>
    jobs.enqueue(fromKnex(tx), verifyEmail, { verificationId }, { id: verificationId });
}

/** The same, but Redis loses the message: the job is in the table alone. */
export const enqueueUnrung: AfterCreate = async ({ verificationId }, tx) => {
  await tx("tx_jobs").insert({
    id: verificationId,
    name: verifyEmail.name,
    queue: verifyEmail.queue,
    payload: { verificationId },
    max_attempts: verifyEmail.attempts,
    due_at: tx.raw("clock_timestamp()"),
  });
};

/** What createUserTx takes, of somebody that no other test knows, and with no job. */
export function userParams(overrides: Partial<CreateUserTxParams> = {}): CreateUserTxParams {
  const { password: _, ...signup } = aSignup();
  const params = {
    ...signup,
    verificationId: uuidV7(),
    passwordHash: NOBODYS,
    verificationTtlHours: 24,
    afterCreate: nothing,
  };
  return { ...params, ...overrides };
}

/** A committed user who has not been verified yet, and whom no job will mail unless told so. */
export function aUser(db: Knex, overrides?: Partial<CreateUserTxParams>): Promise<NewUser> {
  return createUserTx(db, userParams(overrides));
}
