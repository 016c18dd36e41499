import type { Doors } from "./doors.ts";
import type { Lease } from "./leases.ts";

/** A handler took longer than its job's time limit. */
export class TooLate extends Error {
  override name = "TooLate";
}

/**
 * Runs the handler; one that takes too long is told to stop, and fails. A record takes what it takes:
 * the job ends with it then, whatever the handler still does.
 */
export async function inTime(
  ms: number,
  lease: Lease,
  doors: Pick<Doors, "isRecording" | "recorded">,
  handler: () => Promise<unknown>,
): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const late = new TooLate(`took longer than ${ms} ms`);
      lease.abort(late);
      if (doors.isRecording) void doors.recorded().then(() => reject(late));
      else reject(late);
    }, ms);
  });
  const working = (async () => handler())();
  working.catch(() => {}); // It may still fail when nobody waits for it any more.
  try {
    return await Promise.race([working, limit]);
  } finally {
    clearTimeout(timer);
  }
}
