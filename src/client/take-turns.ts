const LOCK = "enlist:signup-status";

export interface Turn {
  /** Takes the lock from the page that has it; notifies again if this page has it already. */
  take(): void;
  /** Leaves the lock to the other pages for good. */
  end(): void;
}

/**
 * Lets one page of this browser at a time hold a scarce resource: the page that took it last. When
 * that page closes or ends, another gets it. Without locks (on a page without https, or without
 * cookies), every visible page has it.
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

  /** Another page took it. Queue for the lock, to get it when that page ends. */
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
