/** Where a sign-up stands, as its page shows it. */
export interface SignupStatus {
  stage: "queued" | "unavailable" | "sending" | "retrying" | "sent" | "refused" | "verified";
  /** When the stage began, as far as it is known, or was first seen (ISO 8601). */
  at: string;
  /** The attempt to mail that is under way or comes next, from 1 on, and how many there are. */
  attempt?: number;
  attempts?: number;
  /** Milliseconds until the next attempt. A duration, as the browser's clock may be wrong. */
  nextInMs?: number;
  username: string;
  email: string;
  /** Milliseconds until another mail may be asked for; 0 where one may be now. */
  resendInMs: number;
}
