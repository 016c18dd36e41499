/**
 * The pause before the next attempt: `firstMs` milliseconds, doubled after each further failure.
 */
export interface Backoff {
  firstMs: number;
  /** Upper bound in milliseconds; 1 hour by default. */
  maxMs?: number;
  /** The share (0 to 1) subtracted at random, so that retries spread out; 0.25 by default. */
  jitter?: number;
}

/** One kind of job. Producers and workers share the same definition. */
export interface JobDefinition<Payload = unknown> {
  /** Workers find the handler by it. A payload that old workers cannot handle needs a new name. */
  name: string;
  /** The BullMQ queue that carries its messages. A worker bounds concurrency per queue. */
  queue: string;
  /**
   * Validates a payload: a zod schema, or any object with `parse`. Keep to ids: it is stored in
   * plain text.
   */
  payload: { parse(value: unknown): Payload };
  /** Attempts before the job fails for good, 1 to 1000; 10 by default. */
  attempts: number;
  backoff: Required<Backoff>;
  /** Milliseconds before a running attempt counts as failed; 15 minutes by default. */
  timeLimitMs: number;
  /**
   * What happens if Redis does not take the message. `refuse` throws, so that the transaction rolls
   * back. `owe` commits anyway, and a worker finds the row within seconds. If left out, the
   * producer's setting counts.
   */
  whenRedisIsAway?: "refuse" | "owe" | undefined;
}

type Options<Payload> = Pick<JobDefinition<Payload>, "name" | "queue" | "payload"> &
  Partial<Pick<JobDefinition, "attempts" | "timeLimitMs" | "whenRedisIsAway">> & {
    backoff?: Backoff;
  };

/**
 * Defines one kind of job, and fills in the defaults.
 * @throws {RangeError} naming the job, if a number is out of range or a name is invalid
 */
export function defineJob<Payload>(options: Options<Payload>): JobDefinition<Payload> {
  const { name, queue, attempts = 10, timeLimitMs = 900_000, whenRedisIsAway } = options;
  const { firstMs = 10_000, maxMs = 3_600_000, jitter = 0.25 } = options.backoff ?? {};
  const demand = (holds: boolean, what: string) => {
    if (!holds) throw new RangeError(`job "${name}": ${what}`);
  };
  demand(/^[^\s:]{1,100}$/.test(name), "a name has 1 to 100 characters, no space and no colon");
  demand(/^[^\s:]{1,100}$/.test(queue), "a queue has 1 to 100 characters, no space and no colon");
  demand(Number.isInteger(attempts) && attempts >= 1 && attempts <= 1000, "attempts: 1 to 1000");
  demand(firstMs >= 1 && maxMs >= firstMs, "backoff: firstMs from 1, maxMs from firstMs");
  demand(maxMs <= 366 * 86_400_000, "backoff: maxMs is at most a year");
  demand(jitter >= 0 && jitter <= 1, "backoff: jitter is a share, 0 to 1");
  demand(timeLimitMs >= 1 && timeLimitMs < 2 ** 31, "timeLimitMs: 1 to 24 days");
  return {
    ...{ name, queue, payload: options.payload, attempts, timeLimitMs, whenRedisIsAway },
    backoff: { firstMs, maxMs, jitter },
  };
}

/** Milliseconds until the next attempt. @param failed number of failed attempts, from 1 */
export function backoffMs({ firstMs, maxMs, jitter }: Required<Backoff>, failed: number): number {
  const full = Math.min(maxMs, firstMs * 2 ** Math.min(failed - 1, 40));
  return Math.round(full * (1 - jitter * Math.random()));
}
