import { availableParallelism } from "node:os";
import { hash, verify, type Options } from "@node-rs/argon2";
import pLimit from "p-limit";
import { overloaded } from "#src/platform/refusal.ts";
import { time } from "#src/platform/metrics/measure.ts";

/**
 * OWASP's recommendation for Argon2id, and this library's default: 19 MiB, two passes, one lane.
 */
export const HASH_OPTIONS: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Devices compose accents differently, so normalise first (NIST SP 800-63B, 3.1.1.2). */
const normalise = (password: string) => password.normalize("NFKC");

/**
 * More than the cores would be no faster, and would starve the main thread. More than libuv's four
 * threads would queue there, where files and DNS lookups wait too.
 */
export const HASHES_AT_ONCE = Math.min(availableParallelism(), 4);

const limit = pLimit(HASHES_AT_ONCE);

/**
 * Passwords that may wait, about a fifth of a second's work. Refusing later ones at once is kinder.
 */
const WAITING = 15 * HASHES_AT_ONCE;

/** @throws {Refusal} SERVICE_UNAVAILABLE if the queue of passwords is full */
export function assertTurn(): void {
  if (limit.pendingCount >= WAITING) throw overloaded();
}

/**
 * Hashes a password with Argon2id into PHC string format; about 10 ms on a libuv thread.
 * @throws {Refusal} as {@link assertTurn}
 */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(normalise(password), HASH_OPTIONS));
}

/** Whether this is the hashed password. Takes equally long either way. @throws as above */
export function isPassword(passwordHash: string, password: string): Promise<boolean> {
  return inTurn(() => verify(passwordHash, normalise(password)));
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  assertTurn();
  return limit(() => time.hash(work));
}
