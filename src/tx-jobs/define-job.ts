/** Milliseconds before the next attempt: `firstMs`, doubled after each further failure. */
export interface Backoff {
  firstMs: number;
  /** An upper bound for the doubling; 1 hour by default. */
  maxMs?: number;
  /** The share that is taken off at random, so that jobs do not come in step; 0.25 by default. */
  jitter?: number;
}

/** All there is to know of one kind of job; the same definition serves producers and workers. */
export interface JobDefinition<Payload = unknown> {
  /** What workers find the handler by. A payload that old workers cannot handle needs a new name. */
  name: string;
  /** The BullMQ queue that messages go through; a worker bounds its concurrency per queue. */
  queue: string;
  /** Checks a payload: a zod schema, or whatever else has `parse`. Keep to ids: it can be read. */
  payload: { parse(value: unknown): Payload };
  /** How often a job is tried at most, 1 to 1000; 10 by default. */
  attempts: number;
  backoff: Required<Backoff>;
  /** Milliseconds that a handler may take until its attempt counts as failed; 15 minutes by default. */
  timeLimitMs: number;
  /**
   * If Redis does not take the message: `refuse` (the default) throws, so that the transaction rolls
   * back; `owe` commits all the same, and a worker finds the job in the table, within seconds.
   */
  whenRedisIsAway: "refuse" | "owe";
}

type Options<Payload> = Pick<JobDefinition<Payload>, "name" | "queue" | "payload"> &
  Partial<Pick<JobDefinition, "attempts" | "timeLimitMs" | "whenRedisIsAway">> & {
    backoff?: Backoff;
  };

/**
 * Defines one kind of job.
 * @throws {RangeError} naming the job, if a number is out of its range or a name is empty
 */
export function defineJob<Payload>(options: Options<Payload>): JobDefinition<Payload> {
  const { name, queue, attempts = 10, timeLimitMs = 900_000, whenRedisIsAway = "refuse" } = options;
  const { firstMs = 10_000, maxMs = 3_600_000, jitter = 0.25 } = options.backoff ?? {};
  const demand = (holds: boolean, what: string) => {
    if (!holds) throw new RangeError(`job "${name}": ${what}`);
  };
  demand(/^[^\s:]{1,100}$/.test(name), "a name has 1 to 100 characters, no space and no colon");
  demand(/^[^\s:]{1,100}$/.test(queue), "a queue has 1 to 100 characters, no space and no colon");
  demand(Number.isInteger(attempts) && attempts >= 1 && attempts <= 1000, "attempts: 1 to 1000");
  demand(firstMs >= 1 && maxMs >= firstMs, "backoff: firstMs from 1, maxMs from firstMs");
  demand(maxMs <= 366 * 86_400_000, "backoff: maxMs is a year at most");
  demand(jitter >= 0 && jitter <= 1, "backoff: jitter is a share, 0 to 1");
  demand(timeLimitMs >= 1 && timeLimitMs < 2 ** 31, "timeLimitMs: 1 to 24 days");
  return {
    ...{ name, queue, payload: options.payload, attempts, timeLimitMs, whenRedisIsAway },
    backoff: { firstMs, maxMs, jitter },
  };
}

/** Milliseconds from a failure to the next attempt. @param failed attempts that have failed, from 1 */
export function backoffMs({ firstMs, maxMs, jitter }: Required<Backoff>, failed: number): number {
  const full = Math.min(maxMs, firstMs * 2 ** Math.min(failed - 1, 40));
  return Math.round(full * (1 - jitter * Math.random()));
}
