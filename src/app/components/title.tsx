import { focusOnMount } from "./focus-on-mount.ts";
import { useService } from "./texts.tsx";

/**
 * The heading of a page that changes in place. A new one takes the focus, so that it is read out,
 * and sets the title of the tab.
 */
export function Title({ children }: { children: string }) {
  const service = useService();
  return (
    <>
      {/* React moves it into the head. Pages that use this must not set a title. */}
      <title>{`${children} · ${service}`}</title>
      <h1 key={children} ref={focusOnMount} tabIndex={-1}>
        {children}
      </h1>
    </>
  );
}
