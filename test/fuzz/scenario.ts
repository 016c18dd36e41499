import fc from "fast-check";
import { requests, type FuzzRequest } from "./requests.ts";

/** What somebody does, from a sign-up of their own, or without one. */
export interface Scenario {
  /** Whether they have signed up before; and have read the mail. */
  begin: "nobody" | "signed up" | "mailed";
  requests: FuzzRequest[];
  /** Whether all are sent at once, or each after the answer to the one before. */
  atOnce: boolean;
}

/**
 * No more at once than can be hashed in a moment: beyond that, 503 is the right answer. A batch
 * holds three.
 */
const AT_ONCE = 5;

export const scenarios: fc.Arbitrary<Scenario> = fc.record({
  begin: fc.oneof(
    { weight: 2, arbitrary: fc.constant("nobody" as const) },
    { weight: 1, arbitrary: fc.constant("signed up" as const) },
    { weight: 2, arbitrary: fc.constant("mailed" as const) },
  ),
  requests: fc.array(requests, { minLength: 1, maxLength: AT_ONCE, size: "max" }),
  atOnce: fc.boolean(),
});
