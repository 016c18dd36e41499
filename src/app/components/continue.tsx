import { useEffect, useRef, useState } from "react";
import type { ContinueTo } from "#src/shared/continue-to.ts";
import { trpc } from "#src/client/client.ts";
import { focusOnMount } from "./focus-on-mount.ts";
import { recall, remember } from "./tab-storage.ts";
import { useTexts } from "./texts.tsx";
import { useVisibleCountdown } from "./use-visible-countdown.ts";

/** Set once this tab has left: someone who comes back has seen the application, so the page stays. */
const LEFT = "enlist:left";

/** Seconds until a page that has waited goes on by itself. */
const SECONDS = 8;

interface ContinueProps {
  to: ContinueTo;
  /** The link's token, on its page. */
  token?: string;
  /** Whether the page goes on by itself, unless that is stopped. */
  isWaiting?: boolean;
}

/** Leads a verified person back into the application, with a code if this browser may have one. */
export function Continue({ to, token, isWaiting = false }: ContinueProps) {
  const texts = useTexts().verified;
  const [state, setState] = useState<"open" | "stopped" | "leaving">(() =>
    recall(LEFT) === null ? "open" : "stopped",
  );
  const isLeaving = useRef(false);
  const leave = async () => {
    if (isLeaving.current) return;
    isLeaving.current = true;
    setState("leaving");
    remember(LEFT, "yes");
    // Without a code the person signs in there, so nothing is lost if this fails.
    const { url } = await trpc.handOff.mutate(token ? { token } : {}).catch(() => to);
    window.location.assign(url);
  };
  const isCounting = isWaiting && state === "open";
  const seconds = useVisibleCountdown(SECONDS, isCounting, () => void leave());

  useEffect(() => {
    const comeBack = ({ persisted }: PageTransitionEvent) => {
      if (!persisted) return;
      isLeaving.current = false;
      setState("stopped");
    };
    window.addEventListener("pageshow", comeBack);
    return () => window.removeEventListener("pageshow", comeBack);
  }, []);

  return (
    <div className="continue">
      <a
        ref={focusOnMount}
        className="button"
        href={to.url}
        aria-describedby={isCounting ? "goes-on" : undefined}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          void leave();
        }}
      >
        {state === "leaving" ? texts.continuing : texts.continueTo(to.name)}
      </a>
      {isCounting && (
        <>
          <p className="hint">
            <span className="unseen" id="goes-on">
              {texts.byItself}
            </span>
            <span aria-hidden="true" className="countdown">
              {texts.byItselfIn(seconds)}
            </span>
          </p>
          <button type="button" className="secondary" onClick={() => setState("stopped")}>
            {texts.stay}
          </button>
        </>
      )}
    </div>
  );
}
