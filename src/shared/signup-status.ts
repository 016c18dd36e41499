import type { ContinueTo } from "./continue-to.ts";

/** The status of a sign-up, as its page shows it. */
export interface SignupStatus {
  stage: "queued" | "unavailable" | "sending" | "retrying" | "sent" | "refused" | "verified";
  /** When the stage began, or was first seen if that is unknown (ISO 8601). */
  at: string;
  /** The current or next attempt to send the mail, from 1, and the maximum. */
  attempt?: number;
  attempts?: number;
  /** Milliseconds until the next attempt. A duration, because the browser's clock may be wrong. */
  nextInMs?: number;
  /** Null without usernames. */
  username: string | null;
  email: string;
  /** Milliseconds until another mail may be requested; 0 if it may be now. */
  resendInMs: number;
  /** Where a verified person goes on. */
  continueTo?: ContinueTo;
}
