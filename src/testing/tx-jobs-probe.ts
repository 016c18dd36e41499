import { z } from "zod";
import { defineJob } from "#src/tx-jobs/index.ts";

/** A job that a test can tell from others by its number. */
export const probe = defineJob({
  name: "probe",
  queue: "critical",
  payload: z.object({ n: z.number() }),
  attempts: 3,
  backoff: { firstMs: 50, jitter: 0 },
});

export type Probe = { n: number };
