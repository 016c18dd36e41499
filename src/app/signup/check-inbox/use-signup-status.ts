import { useEffect, useState } from "react";
import type { SignupStatus } from "#src/shared/signup-status.ts";
import { watchSignup } from "#src/client/watch-signup.ts";

/** What the page knows of the sign-up. `seenAt` is by the browser's monotonic clock, in ms. */
export type Watched =
  | { is: "loading" }
  | { is: "there"; status: SignupStatus; seenAt: number }
  | { is: "gone"; code: "UNAUTHORIZED" | "NOT_FOUND" };

/** Where the sign-up of this browser stands, live, and whether the server can be heard. */
export function useSignupStatus(): [watched: Watched, isConnected: boolean] {
  const [watched, setWatched] = useState<Watched>({ is: "loading" });
  const [isConnected, setConnected] = useState(true);
  useEffect(() => {
    let lost: ReturnType<typeof setTimeout> | undefined;
    const stop = watchSignup({
      onStatus: (status) => setWatched({ is: "there", status, seenAt: performance.now() }),
      onGone: (code) => setWatched({ is: "gone", code }),
      onConnection(isUp) {
        clearTimeout(lost);
        if (isUp) setConnected(true);
        // What is back within a moment is not worth a word.
        else lost = setTimeout(() => setConnected(false), 1500);
      },
    });
    return () => {
      clearTimeout(lost);
      stop();
    };
  }, []);
  return [watched, isConnected];
}
