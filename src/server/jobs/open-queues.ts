import { Queue, type Telemetry } from "bullmq";
import type { RedisConnection } from "../redis.ts";
import { QUEUES, type Envelope, type QueueName } from "./registry.ts";

/**
 * Opens all queues on a producer's connection (see redis.ts), which the caller closes.
 * @param telemetry what carries a trace from whoever enqueues to the worker, where traces are on
 */
export function openQueues(
  redis: RedisConnection,
  prefix: string,
  telemetry?: Telemetry,
): Record<QueueName, Queue<Envelope>> {
  const options = {
    connection: redis,
    prefix,
    // A queue that gets no answer to that question fails for good, whatever comes after.
    skipVersionCheck: true,
    ...(telemetry ? { telemetry } : {}),
  };
  const queues = QUEUES.map((name) => {
    const queue = new Queue<Envelope>(name, options);
    queue.on("error", () => {}); // The connection reports its own errors.
    return [name, queue];
  });
  return Object.fromEntries(queues) as Record<QueueName, Queue<Envelope>>;
}
