import { createTRPCClient, httpSubscriptionLink } from "@trpc/client";
import type { AppRouter } from "#src/server/api/router.ts";
import type { SignupStatus } from "#src/shared/signup-status.ts";

export interface SignupWatcher {
  onStatus(status: SignupStatus): void;
  /** Whether the server can be heard at the moment. */
  onConnection(isConnected: boolean): void;
  /** There is nothing to watch: `UNAUTHORIZED` in a browser that signed nobody up, or `NOT_FOUND`. */
  onGone(code: "UNAUTHORIZED" | "NOT_FOUND"): void;
}

/** Milliseconds before a stream that has ended is opened again, on average: not all pages at once. */
const AGAIN = 2000;

const client = createTRPCClient<AppRouter>({ links: [httpSubscriptionLink({ url: "/api/trpc" })] });

/** The code of the error with which no stream opens; an EventSource does not tell what it got. */
async function whyUnopened(): Promise<string | undefined> {
  const stop = new AbortController();
  try {
    const answer = await fetch("/api/trpc/signupStatus", { signal: stop.signal });
    return answer.ok ? undefined : (await answer.json()).error.data.code;
  } catch {
    return undefined; // A proxy's words, or none: the server cannot be heard.
  } finally {
    stop.abort();
  }
}

/**
 * Watches the sign-up that was made in this browser, over lost connections and restarted servers,
 * until it is verified. Returns what ends that.
 */
export function watchSignup(watcher: SignupWatcher): () => void {
  let isOver = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let subscription: { unsubscribe(): void } | undefined;

  const connect = () => {
    subscription = client.signupStatus.subscribe(undefined, {
      onData(status) {
        if (status.stage === "verified") isOver = true;
        watcher.onStatus(status);
      },
      onConnectionStateChange({ state }) {
        if (!isOver && state !== "idle") watcher.onConnection(state === "pending");
      },
      onComplete: connectAgain,
      async onError(error) {
        const opened = subscription;
        const code = error.data?.code ?? (await whyUnopened());
        if (isOver || subscription !== opened) return;
        if (code === "UNAUTHORIZED" || code === "NOT_FOUND") watcher.onGone(code);
        else connectAgain();
      },
    });
  };
  const connectAgain = () => {
    if (isOver) return;
    watcher.onConnection(false);
    clearTimeout(timer);
    timer = setTimeout(connect, AGAIN * (0.5 + Math.random()));
  };
  // Another tab may have signed up somebody else meanwhile: the cookie says who is meant now.
  const onVisible = () => {
    if (isOver || document.visibilityState === "hidden") return;
    subscription?.unsubscribe(); // It counts as the stream's end, after which another would be opened.
    clearTimeout(timer);
    connect();
  };

  connect();
  document.addEventListener("visibilitychange", onVisible);
  return () => {
    isOver = true;
    document.removeEventListener("visibilitychange", onVisible);
    clearTimeout(timer);
    subscription?.unsubscribe();
  };
}
