import { useEffect, useState } from "react";

/** Milliseconds of calm before it is read out: not at each key. */
const CALM = 900;

/** Words that change while somebody types: seen at once, heard when the typing pauses. */
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
