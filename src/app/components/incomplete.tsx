import type { PageTexts } from "#src/texts/en/pages.tsx";

/**
 * Runs before React, whose scripts may be missing: during a deploy, an old page may ask a new
 * server for scripts that no longer exist. The page is then reloaded once, unless that loses typed
 * text; otherwise it shows a notice. global-error.tsx, which removes this script, has its own.
 */
const WATCH = `(() => {
  const { text, again } = document.currentScript.dataset;
  const say = () => {
    const notice = document.createElement("p");
    notice.className = "notice";
    notice.setAttribute("role", "alert");
    const link = document.createElement("a");
    link.href = "";
    link.textContent = again;
    notice.append(text, " ", link);
    document.querySelector("script[data-again]")?.before(notice);
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
export function Incomplete({ incomplete, loadAgain, failed }: PageTexts) {
  return (
    <script
      data-title={failed.title}
      data-text={incomplete}
      data-again={loadAgain}
      dangerouslySetInnerHTML={{ __html: WATCH }}
    />
  );
}
