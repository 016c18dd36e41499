import type { Page } from "playwright/test";

/** What the translator makes of a text. */
export const translated = (words: string) => `«${words}»`;

/**
 * Translates the pages of this tab as browsers do: each text node is replaced by
 * `<font><font>…</font></font>`, also those that come later, and the title is rewritten.
 * @param begin `at once`, before the page's own scripts run; or once the page is `up`
 */
export async function translatePages(page: Page, begin: "at once" | "up"): Promise<void> {
  await page.addInitScript((isAtOnce) => {
    const SKIPPED = "script, style, noscript, textarea, title";

    const translate = (node: Node): void => {
      if (!(node instanceof Text)) return [...node.childNodes].forEach(translate);
      const parent = node.parentElement;
      const words = node.data;
      if (!parent || !words.trim() || parent.closest(SKIPPED) || words.startsWith("«")) return;
      const [outer, inner] = [document.createElement("font"), document.createElement("font")];
      inner.textContent = `«${words}»`;
      outer.append(inner);
      node.replaceWith(outer);
    };
    const translateAll = () => {
      if (document.body) translate(document.body);
      if (document.title && !document.title.startsWith("«")) document.title = `«${document.title}»`;
    };
    const start = () => {
      translateAll();
      new MutationObserver(translateAll).observe(document, {
        subtree: true,
        childList: true,
        characterData: true,
      });
    };
    if (isAtOnce) return start();
    // React has taken the page over once an element knows its fiber.
    const timer = setInterval(() => {
      const main = document.querySelector("main");
      if (!main || !Object.keys(main).some((key) => key.startsWith("__reactFiber"))) return;
      clearInterval(timer);
      start();
    }, 20);
  }, begin === "at once");
}
