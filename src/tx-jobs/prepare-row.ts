import { randomUUID } from "node:crypto";
import type { JobDefinition } from "./define-job.ts";
import { InvalidJob } from "./errors.ts";

export interface EnqueueOptions {
  /**
   * A UUID. The same id is the same job, finished ones included, until it is pruned: enqueued twice
   * it runs once. Made here if left out.
   */
  id?: string;
  /** Milliseconds from now until the job is due; 0 by default. It never runs before the commit. */
  delayMs?: number;
}

/** What goes into the table for one job. */
export interface JobRow {
  id: string;
  payload: string;
  delayMs: number;
}

/** Bytes of JSON that a payload may have. It holds ids; what they stand for is elsewhere. */
const MAX_PAYLOAD = 8192;

/** A year: longer than that is a mistake in a unit. */
const MAX_DELAY = 366 * 86_400_000;

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** What JSON can say and PostgreSQL's jsonb cannot hold: U+0000, and half of a surrogate pair. */
const NOT_JSONB = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i;

/** Checks one job before anything is sent. @throws {InvalidJob} that says what is wrong */
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
    if (json !== undefined) schema.parse(JSON.parse(json)); // As a worker will, in every attempt.
    if (json !== undefined) return json;
  } catch (cause) {
    throw new InvalidJob(name, "its payload does not parse", { cause });
  }
  throw new InvalidJob(name, "its payload is no JSON");
}
