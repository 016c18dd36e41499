import { createTRPCClient, httpSubscriptionLink } from "@trpc/client";
import type { AppRouter } from "#src/web/api/router.ts";
import type { SignupStatus } from "#src/shared/signup-status.ts";
import { toFailure } from "./client.ts";
import { takeTurns } from "./take-turns.ts";

export interface SignupWatcher {
  onStatus(status: SignupStatus): void;
  /** Whether the server is currently reachable. */
  onConnection(isConnected: boolean): void;
  /**
   * There is nothing to watch: `UNAUTHORIZED` without a sign-up in this browser, or `NOT_FOUND`.
   */
  onGone(code: "UNAUTHORIZED" | "NOT_FOUND"): void;
}

/** What the page with the stream passes on to the others. */
type News =
  | { status: SignupStatus }
  | { isConnected: boolean }
  | { gone: "UNAUTHORIZED" | "NOT_FOUND" };

/** Milliseconds before a stream is reopened, on average, so that pages do not reconnect at once. */
const AGAIN = 2000;

const client = createTRPCClient<AppRouter>({ links: [httpSubscriptionLink({ url: "/api/trpc" })] });

/** The error code of a stream that cannot be opened, because EventSource does not expose it. */
async function whyUnopened(): Promise<string | undefined> {
  const stop = new AbortController();
  try {
    const answer = await fetch("/api/trpc/signupStatus", { signal: stop.signal });
    return answer.ok ? undefined : (await answer.json()).error.data.code;
  } catch {
    return undefined; // A proxy's answer, or none: the server is unreachable.
  } finally {
    stop.abort();
  }
}

/** The channel to the other pages; some browsers have none if they block cookies. */
function openChannel(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel("enlist:signup-status");
  } catch {
    return undefined;
  }
}

/**
 * Watches this browser's sign-up until it is verified, despite lost connections and server
 * restarts. Only the page last looked at holds the stream and informs the others, because browsers
 * allow six HTTP/1.1 connections per server.
 * @returns a function that stops watching
 */
export function watchSignup(watcher: SignupWatcher): () => void {
  const others = openChannel();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let subscription: { unsubscribe(): void } | undefined;

  const hear = (news: News) => {
    if ("gone" in news) return watcher.onGone(news.gone);
    if ("isConnected" in news) return watcher.onConnection(news.isConnected);
    if (news.status.stage === "verified") end();
    watcher.onStatus(news.status);
  };
  const tell = (news: News) => {
    others?.postMessage(news); // oxlint-disable-line unicorn/require-post-message-target-origin -- a channel has none
    hear(news);
  };
  const connect = () => {
    disconnect();
    subscription = client.signupStatus.subscribe(undefined, {
      onData: (status) => tell({ status }),
      onConnectionStateChange({ state }) {
        if (state !== "idle") tell({ isConnected: state === "pending" });
      },
      onComplete: connectAgain,
      async onError(error) {
        const opened = subscription;
        const code = error.data ? toFailure(error).code : await whyUnopened();
        if (subscription !== opened) return;
        if (code === "UNAUTHORIZED" || code === "NOT_FOUND") tell({ gone: code });
        else connectAgain();
      },
    });
  };
  const disconnect = () => {
    clearTimeout(timer);
    const open = subscription;
    subscription = undefined; // So that closing it does not reconnect.
    open?.unsubscribe();
  };
  const connectAgain = () => {
    if (!subscription) return;
    tell({ isConnected: false });
    clearTimeout(timer);
    timer = setTimeout(connect, AGAIN * (0.5 + Math.random()));
  };
  const turn = takeTurns(connect, disconnect);
  // Another tab may have signed up as someone else meanwhile, so read the cookie again.
  const onVisible = () => {
    if (document.visibilityState === "visible") turn.take();
  };
  const end = () => {
    document.removeEventListener("visibilitychange", onVisible);
    turn.end();
    disconnect();
    others?.close();
  };

  others?.addEventListener("message", ({ data }: MessageEvent<News>) => hear(data));
  document.addEventListener("visibilitychange", onVisible);
  turn.take();
  return end;
}
