import { abortAfter } from "./abort-after.ts";
import type { Procedures } from "./procedures.ts";
import { readAnswer } from "./read-answer.ts";
import { send, type Connection } from "./send.ts";

export interface CallOptions {
  /** Ends the call. It then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** The procedures that are read by GET. */
const QUERIES: ReadonlySet<string> = new Set<keyof Procedures>(["usernameAvailable"]);

/**
 * Calls a procedure once.
 * @throws {EnlistError} if it failed; the reason of `signal` if that aborted
 */
export async function call<Name extends keyof Procedures>(
  connection: Connection,
  name: Name,
  input: Procedures[Name]["input"],
  { signal }: CallOptions = {},
): Promise<Procedures[Name]["output"]> {
  const watch = abortAfter(connection.timeoutMs, signal);
  const query = `?input=${encodeURIComponent(JSON.stringify(input))}`;
  try {
    const response = QUERIES.has(name)
      ? await send(connection, name + query, undefined, watch.signal)
      : await send(connection, name, input ?? {}, watch.signal);
    return (await readAnswer(response)) as Procedures[Name]["output"];
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    watch.end();
  }
}
