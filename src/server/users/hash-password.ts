import { hash, verify, type Options } from "@node-rs/argon2";

/** OWASP's recommendation for Argon2id, which is the default here: 19 MiB, two passes, one lane. */
const OPTIONS: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** One form for one password: devices differ in how they compose accents (NIST SP 800-63B, 3.1.1.2). */
const normalise = (password: string) => password.normalize("NFKC");

/** The Argon2id hash of a password in PHC string format; about 10 ms on a thread of libuv's pool. */
export function hashPassword(password: string): Promise<string> {
  return hash(normalise(password), OPTIONS);
}

/** Whether this is the password that was hashed. Takes as long either way. */
export function isPassword(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, normalise(password));
}
