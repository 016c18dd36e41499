import { useEffect, useRef, type ReactNode } from "react";

/** The heading of a page that has changed in place: it takes the focus, so that it is read out. */
export function Title({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
