import { isDatabaseUnavailable, isPoolExhausted, isRepeatable } from "#src/platform/db.ts";
import { isEnqueueError } from "#src/tx-jobs/index.ts";
import {
  busy,
  isRefusal,
  nothingSaved,
  outcomeUnknown,
  type Refusal,
} from "#src/platform/refusal.ts";

/** What the person is told about an error; undefined if it is a defect of ours. */
export function toRefusal(error: unknown): Refusal | undefined {
  if (isRefusal(error)) return error;
  if (isPoolExhausted(error) || isRepeatable(error)) return busy(error);
  if (isEnqueueError(error)) return nothingSaved(error);
  return isDatabaseUnavailable(error) ? outcomeUnknown(error) : undefined;
}
