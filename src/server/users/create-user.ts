import type { Knex } from "knex";
import type { CreateUserInput } from "#src/shared/signup-schema.ts";
import { isUniqueViolation } from "../db.ts";
import { isEnqueueError, type Jobs } from "../jobs/enqueue.ts";
import { verifyEmail } from "../jobs/registry.ts";
import { nothingSaved, Refusal } from "../refusal.ts";
import { createUserTx } from "./create-user-tx.ts";
import { hashPassword } from "./hash-password.ts";
import { repeatedSignup } from "./repeated-signup.ts";
import type { User } from "./user.ts";

export interface CreateUserDeps {
  db: Knex;
  jobs: Jobs;
  /** Hours that the mailed link will work. */
  verificationTtlHours: number;
}

/**
 * Signs a person up: the user and the job that mails them, both or neither. A repeated requestId
 * gives the first result, so that any failed sign-up can simply be sent again.
 * @throws {Refusal} CONFLICT (`username` is taken; `requestId` came with another password) or
 *   SERVICE_UNAVAILABLE (nothing was saved)
 */
export async function createUser(
  { db, jobs, verificationTtlHours }: CreateUserDeps,
  { password, ...input }: CreateUserInput,
): Promise<User> {
  try {
    jobs.assertReady(); // Before the hashing, which is what a sign-up costs.
    return await createUserTx(db, {
      ...input,
      verificationTtlHours,
      passwordHash: await hashPassword(password),
      afterCreate: ({ verificationId }, tx) => jobs.enqueue(tx, verifyEmail, { verificationId }),
    });
  } catch (error) {
    if (!isEnqueueError(error) && !isUniqueViolation(error)) throw error;
    const first = await repeatedSignup(db, input.requestId, password);
    if (first) return first;
    if (isEnqueueError(error)) throw nothingSaved(error);
    throw new Refusal("CONFLICT", "This username is taken. Please choose another.", "username");
  }
}
