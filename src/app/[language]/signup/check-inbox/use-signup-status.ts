import { useEffect, useState } from "react";
import type { SignupStatus } from "#src/shared/signup-status.ts";
import { watchSignup } from "#src/client/watch-signup.ts";

/** What the page knows about the sign-up. `seenAt` is in ms on the browser's monotonic clock. */
export type Watched =
  | { is: "loading" }
  | { is: "there"; status: SignupStatus; seenAt: number }
  | { is: "gone"; code: "UNAUTHORIZED" | "NOT_FOUND" };

/** The live status of this browser's sign-up, and whether the server is reachable. */
export function useSignupStatus(): [watched: Watched, isConnected: boolean] {
  const [watched, setWatched] = useState<Watched>({ is: "loading" });
  const [isConnected, setConnected] = useState(true);
  useEffect(() => {
    let lost: ReturnType<typeof setTimeout> | undefined;
    const stop = watchSignup({
      onStatus: (status) => setWatched({ is: "there", status, seenAt: performance.now() }),
      onGone: (code) => setWatched({ is: "gone", code }),
      onConnection(isUp) {
        if (isUp) {
          clearTimeout(lost);
          lost = undefined;
          setConnected(true);
        } else {
          // Ignore interruptions that last only a moment. Each failed attempt to reconnect is told.
          lost ??= setTimeout(() => setConnected(false), 1500);
        }
      },
    });
    return () => {
      clearTimeout(lost);
      stop();
    };
  }, []);
  return [watched, isConnected];
}
