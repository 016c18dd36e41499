import { useEffect, useState } from "react";

/** Milliseconds without changes before it is read out. */
const CALM = 900;

/** Text that changes while someone types: shown at once, read out when typing pauses. */
export function Advice({ children }: { children: string }) {
  const [heard, setHeard] = useState("");

  useEffect(() => {
    const timer = setTimeout(setHeard, CALM, children);
    return () => clearTimeout(timer);
  }, [children]);

  return (
    <>
      <span aria-hidden="true">{children}</span>
      <span className="unseen">{heard}</span>
    </>
  );
}
