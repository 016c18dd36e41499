import { availableParallelism } from "node:os";
import { hash, verify, type Options } from "@node-rs/argon2";
import pLimit from "p-limit";
import { busy } from "#src/platform/refusal.ts";
import { measure } from "#src/platform/metrics/measure.ts";

/** OWASP's recommendation for Argon2id, which is the default here: 19 MiB, two passes, one lane. */
const OPTIONS: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** One form for one password: devices differ in how they compose accents (NIST SP 800-63B, 3.1.1.2). */
const normalise = (password: string) => password.normalize("NFKC");

/**
 * More at once than cores would be no faster, and would keep the thread that answers from its turn;
 * more than the threads of libuv's pool would wait there, where files and names wait as well.
 */
export const HASHES_AT_ONCE = Math.min(availableParallelism(), 4);

const limit = pLimit(HASHES_AT_ONCE);

/** Passwords that may wait: a fifth of a second or so. Whoever comes later is better told at once. */
const WAITING = 15 * HASHES_AT_ONCE;

/** @throws {Refusal} SERVICE_UNAVAILABLE where so many passwords wait that one more would take long. */
export function assertTurn(): void {
  if (limit.pendingCount >= WAITING) throw busy();
}

/**
 * The Argon2id hash of a password in PHC string format; about 10 ms on a thread of libuv's pool.
 * @throws as {@link assertTurn}
 */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(normalise(password), OPTIONS));
}

/** Whether this is the password that was hashed. Takes as long either way. @throws as above */
export function isPassword(passwordHash: string, password: string): Promise<boolean> {
  return inTurn(() => verify(passwordHash, normalise(password)));
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  assertTurn();
  return limit(() => measure("enlist_hash_seconds", ["done", "failed"], work));
}
