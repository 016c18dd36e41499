import { abortAfter } from "./abort-after.ts";
import type { CallOptions } from "./call.ts";
import { EnlistError } from "./enlist-error.ts";
import type { SignupStatus } from "./procedures.ts";
import { readAnswer, toEnlistError, type ServerError } from "./read-answer.ts";
import { readEvents } from "./read-events.ts";
import { send, unreachable, type Connection } from "./send.ts";
import { sleep } from "./sleep.ts";

/** Milliseconds of silence after which a connection counts as lost. The server pings every 15,000. */
const SILENCE = 40_000;

/** Milliseconds before a stream is opened again, on average. */
const AGAIN = 2000;

/**
 * Yields where the sign-up's mail is, at once and after every change, and ends once the address is
 * verified. A lost connection is opened again, as often as it takes; the last status then comes
 * again.
 * @throws {EnlistError} UNAUTHORIZED without a sign-up, NOT_FOUND if it no longer exists; the
 *   reason of `signal` if that aborted
 */
export async function* watchSignup(
  connection: Connection,
  { signal }: CallOptions = {},
): AsyncGenerator<SignupStatus, void> {
  for (;;) {
    let waitMs = AGAIN * (0.5 + Math.random());
    try {
      for await (const status of openStream(connection, signal)) {
        yield status;
        if (status.stage === "verified") return;
      }
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof EnlistError) || !error.isTemporary) throw error;
      waitMs = Math.max(waitMs, error.retryAfterMs ?? 0);
    }
    await sleep(waitMs, signal);
  }
}

/** Ends when the server closes the stream, as it does every five minutes. */
async function* openStream(
  connection: Connection,
  signal: AbortSignal | undefined,
): AsyncGenerator<SignupStatus, void> {
  const watch = abortAfter(SILENCE, signal);
  try {
    const response = await send(connection, "signupStatus", undefined, watch.signal);
    const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
    if (!isStream || !response.body) {
      await readAnswer(response); // This throws the refusal.
      throw unreachable(new Error("no stream"));
    }
    for await (const { name, data } of readEvents(response.body, () => watch.restart())) {
      if (name === "message") yield JSON.parse(data) as SignupStatus;
      if (name === "serialized-error") throw toEnlistError(JSON.parse(data) as ServerError);
    }
  } finally {
    watch.end();
  }
}
