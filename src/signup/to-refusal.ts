import { isDatabaseUnavailable, isPoolExhausted, isRepeatable } from "#src/platform/db.ts";
import { isEnqueueError } from "#src/tx-jobs/index.ts";
import { isRefusal, overloaded, Refusal } from "#src/platform/refusal.ts";

/** What the person is told about an error; undefined if it is a defect of ours. */
export function toRefusal(error: unknown): Refusal | undefined {
  if (isRefusal(error)) return error;
  if (isPoolExhausted(error) || isRepeatable(error)) return overloaded(error);
  if (isEnqueueError(error)) return new Refusal("nothing_saved", { cause: error });
  return isDatabaseUnavailable(error)
    ? new Refusal("outcome_unknown", { cause: error })
    : undefined;
}
