import { createHash, randomBytes } from "node:crypto";
import type { Knex } from "knex";
import type { Secrets } from "#src/platform/signed-id.ts";
import { Refusal } from "#src/platform/refusal.ts";
import type { Limits } from "../limits/limits.ts";
import { refuseStranger } from "../signup-cookie.ts";
import { findVerification, readVerificationLink } from "../verification.ts";
import type { Returns } from "./returns.ts";

/** Seconds that a code lives. */
const CODE_SECONDS = 60;

/** Minutes after the verification in which a person gets a code without a password. */
export const FRESH_MINUTES = 15;

export interface HandOffDeps {
  db: Knex;
  returns: Returns;
  limits: Pick<Limits, "handOffs">;
  secrets: Secrets;
  /** The user who signed up, or proved the password, in this browser, according to its cookie. */
  signedUpUserId: string | null;
  /** Whether the application has a secret to swap codes with. */
  hasCodes: boolean;
}

/**
 * Where a verified person continues. If this browser's cookie is that person's, the address has a
 * `code` that the application can swap for the user, and the `state` that it gave. A link alone
 * proves nothing, because someone else may read the mail.
 * @param token the link's token, on the page that it opens; its user then counts
 * @throws {Refusal} UNAUTHORIZED without cookie and token, NOT_FOUND, PRECONDITION_FAILED if not
 *   verified or without RETURN_URL, TOO_MANY_REQUESTS
 */
export async function handOff(
  deps: HandOffDeps,
  { token }: { token?: string | undefined },
): Promise<{ url: string }> {
  const { db, returns, limits, secrets, signedUpUserId, hasCodes } = deps;
  const verification = await findVerification(
    db,
    token === undefined
      ? { userId: signedUpUserId ?? refuseStranger() }
      : { id: readVerificationLink(secrets, token) },
  );
  if (!verification?.current) throw new Refusal("signup_gone");
  const { user_id: userId, verified, return_to, return_state } = verification;
  const to = verified ? returns.continueTo(return_to) : undefined;
  if (!to) throw new Refusal("nowhere_to_continue");
  if (!hasCodes || userId !== signedUpUserId) return { url: to.url };
  await limits.handOffs.count(userId);
  const code = await createCode(db, userId);
  return { url: code ? withCode(to.url, code, return_state) : to.url };
}

/** A new code for a person who was verified just now; undefined for anyone else. */
async function createCode(db: Knex, userId: string): Promise<string | undefined> {
  const code = randomBytes(32).toString("base64url");
  const { rowCount } = await db.raw<{ rowCount: number }>(
    `insert into handoff_codes (code_hash, user_id, expires_at)
     select :hash, id, now() + make_interval(secs => :CODE_SECONDS) from users
     where id = :userId and email_verified_at > now() - make_interval(mins => :FRESH_MINUTES)`,
    { hash: hashCode(code), userId, CODE_SECONDS, FRESH_MINUTES },
  );
  return rowCount === 1 ? code : undefined;
}

/** What is kept of a code. It is random, so it needs no salt and no slow hash. */
export function hashCode(code: string): Buffer {
  return createHash("sha256").update(code).digest();
}

function withCode(address: string, code: string, state: string | null): string {
  const url = new URL(address);
  url.searchParams.set("code", code);
  if (state !== null) url.searchParams.set("state", state);
  return url.href;
}
