import { verifyEmail, type JobDefinition } from "#src/server/jobs/registry.ts";
import type { Outcome } from "./outcome.ts";
import { sendVerification, type SendVerificationDeps } from "./send-verification.ts";

/** Handles the jobs of one name. A payload of another shape throws a ZodError. */
export type Handler = (xid: string, payload: unknown) => Promise<Outcome>;

/** The handlers by the names of their jobs. */
export function createHandlers(deps: SendVerificationDeps): Map<string, Handler> {
  return new Map([handler(verifyEmail, (xid, payload) => sendVerification(deps, xid, payload))]);
}

function handler<Payload>(
  job: JobDefinition<Payload>,
  handle: (xid: string, payload: Payload) => Promise<Outcome>,
): [string, Handler] {
  return [job.name, async (xid, payload) => handle(xid, job.payload.parse(payload))];
}
