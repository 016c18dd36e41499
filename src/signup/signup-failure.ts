import type { TRPCError } from "@trpc/server";
import { isDatabaseUnavailable } from "#src/platform/db.ts";
import { isEnqueueError } from "#src/tx-jobs/index.ts";
import { isRefusal, type Refusal } from "#src/platform/refusal.ts";

/** Why a sign-up failed, as a label of the metric `enlist_signups_total`. */
export function signupFailure({ code, cause }: TRPCError) {
  const refusal: Refusal | undefined = isRefusal(cause) ? cause : undefined;
  const reason: unknown = refusal ? refusal.cause : cause;
  if (isEnqueueError(reason)) return "queue unavailable";
  if (isDatabaseUnavailable(reason)) return "database unavailable";
  switch (refusal?.code ?? code) {
    case "BAD_REQUEST":
      return "invalid";
    case "CONFLICT":
      return "conflict";
    case "TOO_MANY_REQUESTS":
      return "limited";
    case "SERVICE_UNAVAILABLE":
      return "overloaded";
    case "FORBIDDEN":
    case "NOT_FOUND":
    case "PRECONDITION_FAILED":
      return "not admitted";
    default:
      return "defect";
  }
}
