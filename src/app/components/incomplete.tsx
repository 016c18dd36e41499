import type { PageTexts } from "#src/texts/en/pages.tsx";

/**
 * Runs before React, whose scripts may be missing: during a deploy, an old page may ask a new
 * server for scripts that no longer exist. The page is then reloaded once, unless that loses typed
 * text; otherwise it shows the notice.
 */
const WATCH = `(() => {
  const say = () => {
    const notice = document.getElementById("incomplete");
    notice.setAttribute("role", "alert");
    notice.hidden = false;
  };
  const isTyped = () => [...document.querySelectorAll("input")].some(({ value }) => value);
  const isReloaded = () => performance.getEntriesByType("navigation")[0]?.type === "reload";
  let isSeen = false;
  addEventListener("error", ({ target }) => {
    if (isSeen || document.readyState === "complete") return;
    if (!target.matches?.("script, link[rel=stylesheet]")) return;
    isSeen = true;
    if (isReloaded()) return addEventListener("load", say);
    fetch(location.href, { method: "HEAD", cache: "no-store" }).then(
      () => (isTyped() ? say() : location.reload()),
      say,
    );
  }, true);
})()`;

/** Detects a partly loaded page. It is inline, because scripts may be what is missing. */
export function Incomplete({ texts }: { texts: PageTexts }) {
  return (
    <>
      <p id="incomplete" className="notice" hidden suppressHydrationWarning>
        {texts.incomplete((text) => (
          // oxlint-disable-next-line jsx-a11y/anchor-is-valid -- it leads to this very page
          <a href="">{text}</a>
        ))}
      </p>
      <script dangerouslySetInnerHTML={{ __html: WATCH }} />
    </>
  );
}
