import { hash } from "@node-rs/argon2";
import { HASH_OPTIONS } from "#src/signup/hash-password.ts";
import { PASSWORD } from "./signups.ts";

/** A bare hash with the product's parameters. */
export function bareHash(): Promise<string> {
  return hash(PASSWORD, HASH_OPTIONS);
}
