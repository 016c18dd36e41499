import type { Knex } from "knex";
import type { Jobs } from "#src/server/jobs/enqueue.ts";
import { verifyEmail } from "#src/server/jobs/registry.ts";
import {
  createUserTx,
  type CreateUserTxParams,
  type NewUser,
} from "#src/server/users/create-user-tx.ts";
import { aSignup } from "./signup.ts";

type AfterCreate = CreateUserTxParams["afterCreate"];

const nothing: AfterCreate = async () => {};

/** Enqueues the mail of a user that is made, as the product does. */
export function enqueueWith(jobs: Jobs): AfterCreate {
  return ({ verificationId }, tx) => jobs.enqueue(tx, verifyEmail, { verificationId });
}

/** What createUserTx takes, of somebody that no other test knows, and with no job. */
export function userParams(overrides: Partial<CreateUserTxParams> = {}): CreateUserTxParams {
  const { password: _, ...signup } = aSignup();
  const params = { ...signup, passwordHash: "x", verificationTtlHours: 24, afterCreate: nothing };
  return { ...params, ...overrides };
}

/** A committed user who has not been verified yet, and whom no job will mail unless told so. */
export function aUser(db: Knex, overrides?: Partial<CreateUserTxParams>): Promise<NewUser> {
  return createUserTx(db, userParams(overrides));
}
