import type { Knex } from "knex";
import type { CreateUserInput } from "#src/shared/signup-schema.ts";
import { isUniqueViolation } from "../db.ts";
import { isEnqueueError, type Jobs } from "../jobs/enqueue.ts";
import { verifyEmail } from "../jobs/registry.ts";
import { count } from "../metrics/measure.ts";
import { nothingSaved, Refusal } from "../refusal.ts";
import { createUserTx } from "./create-user-tx.ts";
import { assertTurn, hashPassword } from "./hash-password.ts";
import { isGuessable } from "./is-guessable.ts";
import { GUESSABLE } from "./parse-signup.ts";
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
 * @throws {Refusal} BAD_REQUEST (`password` is guessable), CONFLICT (`username` is taken;
 *   `requestId` came with another password) or SERVICE_UNAVAILABLE (nothing was saved)
 */
export async function createUser(
  { db, jobs, verificationTtlHours }: CreateUserDeps,
  { password, ...input }: CreateUserInput,
): Promise<User> {
  try {
    // Before the rating and the hashing, which are what a sign-up costs.
    jobs.assertReady();
    assertTurn();
    if (isGuessable({ password, ...input })) {
      throw new Refusal("BAD_REQUEST", GUESSABLE, "password");
    }
    const passwordHash = await hashPassword(password);
    jobs.assertReady(); // The hash had to wait its turn; no connection is taken in vain.
    const user = await createUserTx(db, {
      ...input,
      verificationTtlHours,
      passwordHash,
      afterCreate: ({ verificationId }, tx) => jobs.enqueue(tx, verifyEmail, { verificationId }),
    });
    count("enlist_signups_total", "created");
    return user;
  } catch (error) {
    if (!isEnqueueError(error) && !isUniqueViolation(error)) throw error;
    const first = await repeatedSignup(db, input.requestId, password);
    if (first) {
      count("enlist_signups_total", "repeated");
      return first;
    }
    if (isEnqueueError(error)) throw nothingSaved(error);
    throw new Refusal("CONFLICT", "This username is taken. Please choose another.", "username");
  }
}
