import { takeFocus } from "./take-focus.ts";

/**
 * The heading of a page that changes in place: each new one takes the focus, so that it is read out, and
 * gives the tab its title, which is all that is seen of a page behind another.
 */
export function Title({ children }: { children: string }) {
  return (
    <>
      {/* React puts it into the head. Pages that use this state no title of their own. */}
      <title>{`${children} · Enlist`}</title>
      <h1 key={children} ref={takeFocus} tabIndex={-1}>
        {children}
      </h1>
    </>
  );
}
