import { isEnqueueError } from "#src/tx-jobs/index.ts";
import type { CreateUserInput } from "#src/shared/signup-schema.ts";
import { isUnmailable } from "./assert-mailable.ts";
import { isUniqueViolation } from "#src/platform/db.ts";
import { toSite } from "#src/platform/client-address.ts";
import { countMail } from "./limits/count-mail.ts";
import { settleAll } from "./limits/settle-all.ts";
import { toMailbox } from "./limits/to-mailbox.ts";
import type { MailDeps } from "./mail-deps.ts";
import { verifyEmailJob } from "./verify-email-job.ts";
import { count } from "#src/platform/metrics/measure.ts";
import { isConflict, isRefusal, isTooSoon, Refusal } from "#src/platform/refusal.ts";
import type { Secrets } from "#src/platform/signed-id.ts";
import { startTally, type Tally } from "./limits/tally.ts";
import { createUserTx } from "./create-user-tx.ts";
import { assertTurn, hashPassword } from "./hash-password.ts";
import { admit, isNotAdmitted, type Admission } from "./invitation/admit.ts";
import type { Invitation } from "./invitation/find-invitation.ts";
import { useInvitation } from "./invitation/use-invitation.ts";
import { verifyByInvitation } from "./invitation/verify-by-invitation.ts";
import { isGuessable } from "./is-guessable.ts";
import { reclaimSignup } from "./reclaim-signup.ts";
import { repeatedSignup } from "./repeated-signup.ts";
import { isReservedUsername } from "./reserved-usernames.ts";
import { keepNewest } from "./keep-newest.ts";
import type { Returns } from "./return/returns.ts";
import type { User } from "./user.ts";
import { userVerified, type Announce } from "./user-events.ts";
import { uuidV7 } from "#src/platform/uuid-v7.ts";

export interface CreateUserDeps extends MailDeps {
  announce: Announce;
  /** For the links of invitations. */
  secrets: Secrets;
  admission: Admission;
  /** Usernames that cannot be taken; see reserved-usernames.ts. */
  reserved: ReadonlySet<string>;
  returns: Returns;
}

/**
 * Signs a person up: inserts the user and the job that mails them, both or neither; or the verified
 * user and the event that tells the application, if an invitation has shown that the address is
 * theirs. A repeated requestId returns the first result, so any failed sign-up can be sent again. The
 * same username, address and password return it too, from any browser.
 * @throws {Refusal} BAD_REQUEST or CONFLICT naming the field, TOO_MANY_REQUESTS, what `admit` throws,
 *   or SERVICE_UNAVAILABLE (this request saved nothing)
 */
export async function createUser(
  deps: CreateUserDeps,
  { password, ...given }: CreateUserInput,
): Promise<User> {
  const { jobs, limits, assertMailable, client, reserved } = deps;
  const input = { ...given, returnTo: deps.returns.check(given.returnTo) };
  const tally = startTally();
  try {
    // Check first, before anything expensive. Even counting is slow if Redis hangs.
    if (given.invitation === undefined) jobs.assertReady(verifyEmailJob);
    assertTurn();
    await settleAll([limits.failedSignups.assertLeft(client), tally.count(limits.signups, client)]);
    const invitation = await admit(deps, input);
    if (input.username !== undefined && isReservedUsername(reserved, input.username)) {
      throw new Refusal("username_reserved");
    }
    if (!invitation) await assertMailable(input.email);
    if (isGuessable({ password, ...input })) throw new Refusal("password_guessable");
    const person = { ...input, passwordHash: await hashPassword(password) };
    const user = invitation
      ? await insertVerified(deps, person, invitation)
      : await insertAndMail(deps, person, tally);
    count("enlist_signups_total", "created");
    return user;
  } catch (error) {
    await tally.takeBack(error);
    return await firstResultOr(error, deps, { password, ...input });
  }
}

type Person = Omit<CreateUserInput, "password"> & { passwordHash: string };

function insertAndMail(deps: CreateUserDeps, person: Person, tally: Tally): Promise<User> {
  const { db, jobs, limits, client, verificationTtlHours } = deps;
  jobs.assertReady(verifyEmailJob); // Hashing took a while; don't take a connection we can't use.
  const verificationId = uuidV7();
  const mail = jobs.prepare(verifyEmailJob, { verificationId }, { id: verificationId });
  return createUserTx(db, {
    ...person,
    verificationTtlHours,
    verificationId,
    job: mail,
    afterCreate: async ({ xid }) => {
      // Only here is it certain not to be a repetition. Over the limit, everything rolls back.
      const mailbox = toMailbox(person.email);
      await settleAll([
        tally.count(limits.signupsByEmail, `${toSite(client) ?? client} ${mailbox}`),
        countMail(tally.count, limits, { client, email: person.email }),
      ]);
      await mail.ring(xid); // Last, so that a worker that hears it need not wait for the commit.
    },
  });
}

function insertVerified(
  { db, announce, verificationTtlHours }: CreateUserDeps,
  person: Person,
  invitation: Invitation,
): Promise<User> {
  return createUserTx(db, {
    ...person,
    // As it was invited, which may differ from what was typed in upper and lower case.
    email: invitation.email,
    isVerified: true,
    verificationTtlHours,
    verificationId: uuidV7(),
    afterCreate: async ({ id }, tx) => {
      await useInvitation(tx, invitation.id, id);
      await announce(tx, userVerified, id);
    },
  });
}

/**
 * Returns the result of an earlier attempt, whatever made this one fail.
 * @throws the cause if there is none; failures that are the client's own count against its limit
 */
async function firstResultOr(
  cause: unknown,
  deps: CreateUserDeps,
  input: CreateUserInput,
): Promise<User> {
  const { db, limits, client } = deps;
  try {
    const isTaken = isUniqueViolation(cause) || isConflict(cause);
    const isRefused = isTooSoon(cause) || isUnmailable(cause) || isNotAdmitted(cause);
    const again = isTaken || isEnqueueError(cause) || isRefused;
    const first =
      (again && (await repeatedSignup(db, limits, input))) ||
      ((isTaken || isNotAdmitted(cause)) && (await reclaimSignup(db, limits, input)));
    if (!first) throw toConflict(cause);
    await keepNewest(db, first.id, input);
    count("enlist_signups_total", "repeated");
    const { invitation } = input;
    return invitation === undefined ? first : await verifyByInvitation(deps, invitation, first);
  } catch (failure) {
    const refusal = isEnqueueError(failure)
      ? new Refusal("nothing_saved", { cause: failure })
      : failure;
    const isTheirs = isRefusal(refusal) && refusal.code !== "SERVICE_UNAVAILABLE";
    // It has cost a rating and perhaps a hash. If this exceeds the limit, the next request is
    // refused.
    if (isTheirs) await limits.failedSignups.count(client).catch(() => {});
    throw refusal;
  }
}

/** Tells which value another account has, if that is why the insert failed. */
function toConflict(cause: unknown): unknown {
  if (!isUniqueViolation(cause)) return cause;
  const isAddress = isUniqueViolation(cause, "users_verified_email_key");
  return new Refusal(isAddress ? "address_verified_elsewhere" : "username_taken");
}
