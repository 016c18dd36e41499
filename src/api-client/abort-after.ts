/** A signal that aborts after a while of silence. */
export interface Watch {
  signal: AbortSignal;
  /** Begins the while again. */
  restart(): void;
  /** Ends the watch without an abort. */
  end(): void;
}

/**
 * Aborts after `ms` milliseconds, or with the caller's signal. Unlike `AbortSignal.any` in Node 20,
 * it leaves nothing behind at a long-lived signal.
 * @throws the signal's reason if it has aborted already
 */
export function abortAfter(ms: number, caller: AbortSignal | undefined): Watch {
  caller?.throwIfAborted();
  const controller = new AbortController();
  const follow = () => controller.abort(caller?.reason);
  const give = () => controller.abort(new DOMException("No answer in time.", "TimeoutError"));
  caller?.addEventListener("abort", follow);
  let timer = setTimeout(give, ms);
  return {
    signal: controller.signal,
    restart() {
      clearTimeout(timer);
      timer = setTimeout(give, ms);
    },
    end() {
      clearTimeout(timer);
      caller?.removeEventListener("abort", follow);
    },
  };
}
