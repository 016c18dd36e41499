import type { Env } from "#src/platform/env.ts";
import type { Services } from "#src/web/api/context.ts";
import { verifyEmailJob } from "#src/signup/verify-email-job.ts";
import { createUserTx, type CreateUserTxParams, type NewUser } from "#src/signup/create-user-tx.ts";
import { hashPassword } from "#src/signup/hash-password.ts";
import { uuidV7 } from "#src/platform/uuid-v7.ts";
import type { Signup } from "#test/system/person.ts";
import { aSignup } from "../system/person.ts";

/** All sign-ups share it: what matters is that its rating and its hash take their time. */
export const PASSWORD = aSignup().password;

/** What is stored of it, for all that works without hashing. */
export const PASSWORD_HASH = await hashPassword(PASSWORD);

/** What is left to say of a sign-up whose transaction is measured. */
interface SignUpOptions {
  signup?: Signup;
  /** What comes between the insert and the commit, where it is not the enqueue. */
  afterCreate?: CreateUserTxParams["afterCreate"];
}

/** The sign-up's transaction on somebody new, without the hashing. */
export function commitSignup(
  { db, jobs, env }: Pick<Services, "db" | "jobs"> & { env: Pick<Env, "VERIFICATION_TTL_HOURS"> },
  { signup = aSignup(), afterCreate }: SignUpOptions = {},
): Promise<NewUser> {
  const { password: _, ...fields } = signup;
  const verificationId = uuidV7();
  const mail = afterCreate
    ? undefined
    : jobs.prepare(verifyEmailJob, { verificationId }, { id: verificationId });
  return createUserTx(db, {
    ...fields,
    verificationId,
    ...(mail ? { job: mail } : {}),
    passwordHash: PASSWORD_HASH,
    verificationTtlHours: env.VERIFICATION_TTL_HOURS,
    afterCreate: afterCreate ?? (({ xid }) => mail!.ring(xid)),
  });
}
