import type { Knex } from "knex";
import { transact, type Tx } from "../transact.ts";
import { toUser, type User } from "./user.ts";
import { uuidV7 } from "./uuid-v7.ts";

/** A user just inserted, with the verification whose mail they are owed. */
export interface NewUser extends User {
  verificationId: string;
}

export interface CreateUserTxParams {
  requestId: string;
  username: string;
  fullName: string;
  email: string;
  passwordHash: string;
  /** Hours that the verification's link will work. */
  verificationTtlHours: number;
  /** Runs after the insert, inside the transaction; what it throws rolls the user back. */
  afterCreate: (user: NewUser, tx: Tx) => Promise<unknown>;
}

/**
 * Inserts the user and their first verification, then runs `afterCreate`, in one transaction:
 * all of it is committed or none. One statement does the inserts and brings back the
 * transaction's id, so that the id costs no round trip.
 * @throws what `afterCreate` throws; PostgreSQL's error 23505 where the username or the
 *   requestId exists
 */
export function createUserTx(db: Knex, params: CreateUserTxParams): Promise<NewUser> {
  return transact(db, async (tx) => {
    const verificationId = uuidV7();
    const inserting = tx.raw<{ rows: [Parameters<typeof toUser>[0] & { xid: string }] }>(
      `with new_user as (
         insert into users (id, username, full_name, email, password_hash, signup_request_id,
                            verification_id)
         values (:id, :username, :fullName, :email, :passwordHash, :requestId, :verificationId)
         returning id, username, full_name, email, created_at
       ), new_verification as (
         insert into email_verifications (id, user_id, email, expires_at)
         select :verificationId, id, email, now() + make_interval(hours => :verificationTtlHours)
         from new_user
       )
       select *, pg_current_xact_id()::text as xid from new_user`,
      {
        id: uuidV7(),
        username: params.username,
        fullName: params.fullName,
        email: params.email,
        passwordHash: params.passwordHash,
        requestId: params.requestId,
        verificationId,
        verificationTtlHours: params.verificationTtlHours,
      },
    );
    // Prepared, once a connection. So it names its columns: a migration that adds one must not change
    // what the statement returns.
    const inserted = await inserting.options({ name: "insert-user" });
    const [row] = inserted.rows;
    tx.xid = row.xid;
    tx.find = (other) => other("email_verifications").where({ id: verificationId }).first("id");
    const user = { ...toUser(row), verificationId };
    await params.afterCreate(user, tx);
    return user;
  });
}
