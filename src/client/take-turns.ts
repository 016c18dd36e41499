const LOCK = "enlist:signup-status";

export interface Turn {
  /** Has it from now on, anew if it has it already; whichever page had it before loses it. */
  take(): void;
  /** Leaves it to the others, for good. */
  end(): void;
}

/**
 * Lets one page of this browser at a time hold what is scarce: the one that took it last. When that one
 * is closed, or ends, another has it by itself. If there are no locks (on a page without https, or
 * without cookies), each page has it while it can be seen.
 */
export function takeTurns(onTurn: () => void, onLost: () => void): Turn {
  const ended = new AbortController();
  const { signal } = ended;
  let hasLocks = "locks" in navigator;
  let state: "waiting" | "taking" | "mine" = "waiting";
  let waiting: AbortController | undefined;

  function ask(options: LockOptions): void {
    navigator.locks.request(LOCK, options, hold).catch((error: DOMException) => {
      if (signal.aborted || options.signal?.aborted) return;
      state = "waiting";
      if (error.name === "AbortError") return lose();
      hasLocks = false;
      onTurn();
    });
  }

  function hold(): Promise<void> | void {
    if (signal.aborted) return;
    state = "mine";
    onTurn();
    return new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
  }

  /** Another page has taken it; once nobody has it any more, one of those that wait has. */
  function lose(): void {
    onLost();
    waiting = new AbortController();
    ask({ signal: waiting.signal });
  }

  const onHidden = () => {
    if (!hasLocks && document.visibilityState === "hidden") onLost();
  };
  document.addEventListener("visibilitychange", onHidden, { signal });

  return {
    take() {
      if (!hasLocks || state === "mine") return onTurn();
      if (state === "taking") return;
      state = "taking";
      waiting?.abort();
      ask({ steal: true });
    },
    end() {
      ended.abort();
      waiting?.abort();
    },
  };
}
