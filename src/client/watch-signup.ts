import { createTRPCClient, httpSubscriptionLink } from "@trpc/client";
import type { AppRouter } from "#src/web/api/router.ts";
import type { SignupStatus } from "#src/shared/signup-status.ts";
import { toFailure } from "./client.ts";
import { takeTurns } from "./take-turns.ts";

export interface SignupWatcher {
  onStatus(status: SignupStatus): void;
  /** Whether the server can be heard at the moment. */
  onConnection(isConnected: boolean): void;
  /** There is nothing to watch: `UNAUTHORIZED` in a browser that signed nobody up, or `NOT_FOUND`. */
  onGone(code: "UNAUTHORIZED" | "NOT_FOUND"): void;
}

/** What one page hears and tells the others. */
type News =
  | { status: SignupStatus }
  | { isConnected: boolean }
  | { gone: "UNAUTHORIZED" | "NOT_FOUND" };

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

/** The channel to the other pages; some browsers have none while they block cookies. */
function openChannel(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel("enlist:signup-status");
  } catch {
    return undefined;
  }
}

/**
 * Watches the sign-up that was made in this browser, over lost connections and restarted servers,
 * until it is verified. Of all pages that watch, the one that was looked at last holds the stream and
 * tells the others: a browser has six connections to a server over HTTP/1.1, for everything.
 * Returns what ends that.
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
    subscription = undefined; // Its end is none after which another would be opened.
    open?.unsubscribe();
  };
  const connectAgain = () => {
    if (!subscription) return;
    tell({ isConnected: false });
    clearTimeout(timer);
    timer = setTimeout(connect, AGAIN * (0.5 + Math.random()));
  };
  const turn = takeTurns(connect, disconnect);
  // Another tab may have signed up somebody else meanwhile: the cookie says who is meant now.
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
