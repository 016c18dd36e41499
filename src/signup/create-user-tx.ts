import type { Knex } from "knex";
import { fromKnex, type PreparedJob } from "#src/tx-jobs/index.ts";
import { brand } from "#src/platform/brand.ts";
import { transact, type Tx } from "#src/platform/transact.ts";
import { toUser, USER_COLUMNS, type User } from "./user.ts";
import { uuidV7 } from "#src/platform/uuid-v7.ts";
import { verificationWitness } from "./verification-witness.ts";

/** A new user, with the verification that will be mailed. */
export interface NewUser extends User {
  verificationId: string;
  /** The transaction's `pg_current_xact_id()`. */
  xid: string;
}

export interface CreateUserTxParams {
  requestId: string;
  /** The id of the first verification. The caller creates it, because its job names it. */
  verificationId: string;
  /** Missing if the installation does not ask for it, as the next. */
  username?: string | undefined;
  fullName?: string | undefined;
  email: string;
  passwordHash: string;
  /** Hours until the link expires. */
  verificationTtlHours: number;
  /** The language of the mails; by default the brand's. */
  language?: string | undefined;
  /** Whether the address is known to be theirs, so that there is nothing to confirm. */
  isVerified?: boolean;
  /** The version of the terms that the person accepted. */
  acceptedTerms?: string | undefined;
  /** What the adopter's own field was filled in with. */
  extra?: Record<string, unknown> | undefined;
  /** What the application gave for the way back, and is allowed. */
  returnTo?: string | undefined;
  state?: string | undefined;
  /**
   * A job whose row goes into the same statement, which saves a round trip. `afterCreate` must
   * ring.
   */
  job?: Pick<PreparedJob, "insert">;
  /** Runs after the insert, inside the transaction. If it throws, the user is rolled back. */
  afterCreate: (user: NewUser, tx: Tx) => Promise<unknown>;
}

/**
 * Inserts the user and their first verification, then runs `afterCreate`, in one transaction:
 * everything is committed or nothing. One statement also returns the transaction's id, which saves
 * a round trip.
 * @throws what `afterCreate` throws; PostgreSQL's error 23505 if the username or the requestId
 *   exists
 */
export function createUserTx(db: Knex, params: CreateUserTxParams): Promise<NewUser> {
  const { verificationId, job } = params;
  const values = [
    uuidV7(),
    params.username ?? null,
    // A person who leaves it empty gives none.
    params.fullName || null,
    params.email,
    params.passwordHash,
    params.requestId,
    verificationId,
    params.verificationTtlHours,
    params.returnTo ?? null,
    params.state ?? null,
    params.language ?? brand.defaultLanguage,
    params.isVerified ?? false,
    params.acceptedTerms ?? null,
    params.extra ? JSON.stringify(params.extra) : null,
  ];
  const rider = job?.insert(values.length + 1);
  return transact(db, async (tx, seenBy) => {
    const [row] = await fromKnex(tx).run<Parameters<typeof toUser>[0] & { xid: string }>({
      // Prepared once per connection, so list the columns: a migration that adds one must not change
      // what the statement returns.
      name: rider ? "insert-user-and-job" : "insert-user",
      text: `with new_user as (
          insert into users (id, username, full_name, email, password_hash, signup_request_id,
                             verification_id, return_to, return_state, language,
                             email_verified_at, terms_version, terms_accepted_at, extra)
          values ($1::uuid, $2, $3, $4, $5, $6::uuid, $7::uuid, $9, $10, $11,
                  case when $12::boolean then now() end,
                  $13::text, case when $13::text is not null then now() end, $14::jsonb)
          returning ${USER_COLUMNS.join(", ")}
        ), new_verification as (
          insert into email_verifications (id, user_id, email, expires_at, used_at)
          select $7::uuid, id, email, now() + make_interval(hours => $8::int),
                 case when $12::boolean then now() end
          from new_user
        )${rider ? `, new_job as (${rider.text})` : ""}
        select *, pg_current_xact_id()::text as xid from new_user`,
      values: [...values, ...(rider?.values ?? [])],
    });
    const { xid } = row!;
    seenBy(verificationWitness(xid, verificationId));
    const user = { ...toUser(row!), verificationId, xid };
    await params.afterCreate(user, tx);
    return user;
  });
}
