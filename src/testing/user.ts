import type { Knex } from "knex";
import {
  createUserTx,
  type CreateUserTxParams,
  type NewUser,
} from "#src/server/users/create-user-tx.ts";
import { aSignup } from "./signup.ts";

const nothing = async () => {};

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
