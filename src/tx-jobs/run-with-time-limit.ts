import type { Doors } from "./doors.ts";
import type { Lease } from "./leases.ts";

/** A handler exceeded its job's time limit. */
export class TooLate extends Error {
  override name = "TooLate";
}

/**
 * Runs the handler, and aborts its signal and rejects after `ms` milliseconds. If `record` is under
 * way, it waits for that: the job then ends with it.
 * @throws {TooLate} or the handler's error
 */
export async function runWithTimeLimit(
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
  working.catch(() => {}); // It may still fail after the race is over.
  try {
    return await Promise.race([working, limit]);
  } finally {
    clearTimeout(timer);
  }
}
