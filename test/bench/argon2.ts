import { hash } from "@node-rs/argon2";
import { PASSWORD, PASSWORD_HASH } from "./signups.ts";

/** A bare hash with the parameters that the product has written into its own. */
export function bareHash(): Promise<string> {
  const [, m, t, p] = /m=(\d+),t=(\d+),p=(\d+)/.exec(PASSWORD_HASH) ?? [];
  return hash(PASSWORD, { memoryCost: Number(m), timeCost: Number(t), parallelism: Number(p) });
}
