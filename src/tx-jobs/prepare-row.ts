import { randomUUID } from "node:crypto";
import type { JobDefinition } from "./define-job.ts";
import { InvalidJob } from "./errors.ts";

/** Optional settings of one job. */
export interface EnqueueOptions {
  /**
   * A UUID; generated if left out. The same id is the same job until it is pruned, even after it
   * has finished: enqueued twice, it runs once.
   */
  id?: string;
  /** Milliseconds from now until the job is due; 0 by default. It never runs before the commit. */
  delayMs?: number;
}

/** The values of one new row. */
export interface JobRow {
  id: string;
  payload: string;
  delayMs: number;
}

/** Maximum bytes of JSON in a payload, which should hold ids and no content. */
const MAX_PAYLOAD = 8192;

/** A year in milliseconds. Longer delays are usually a mistake in the unit. */
const MAX_DELAY = 366 * 86_400_000;

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** Valid JSON that PostgreSQL's jsonb cannot hold: U+0000, and half of a surrogate pair. */
const NOT_JSONB = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i;

/** Validates one job before anything is sent. @throws {InvalidJob} naming the reason */
export function prepareRow<Payload>(
  { name, payload: schema }: JobDefinition<Payload>,
  payload: Payload,
  { id = randomUUID(), delayMs = 0 }: EnqueueOptions,
): JobRow {
  if (!UUID.test(id)) throw new InvalidJob(name, "its id must be a UUID");
  if (!(delayMs >= 0 && delayMs <= MAX_DELAY)) {
    throw new InvalidJob(name, "delayMs must be a number of milliseconds, 0 to a year");
  }
  const json = toJson(name, schema, payload);
  const bytes = Buffer.byteLength(json);
  if (bytes > MAX_PAYLOAD) {
    throw new InvalidJob(
      name,
      `its payload has ${bytes} bytes of JSON; ${MAX_PAYLOAD} are allowed`,
    );
  }
  if (NOT_JSONB.test(json)) {
    throw new InvalidJob(name, "its payload holds a character that PostgreSQL cannot store");
  }
  return { id: id.toLowerCase(), payload: json, delayMs };
}

function toJson<Payload>(
  name: string,
  schema: JobDefinition<Payload>["payload"],
  payload: Payload,
): string {
  try {
    const json: string | undefined = JSON.stringify(schema.parse(payload));
    if (json !== undefined) schema.parse(JSON.parse(json)); // A worker does the same in every attempt.
    if (json !== undefined) return json;
  } catch (cause) {
    throw new InvalidJob(name, "its payload does not parse", { cause });
  }
  throw new InvalidJob(name, "its payload is not JSON");
}
