"use client";

import { useState } from "react";
import { focusOnMount } from "./components/focus-on-mount.ts";
import "./globals.css";

/** If even the frame of the pages failed. Its texts may be what could not be loaded. */
export default function GlobalError() {
  const [{ lang, dir, colours, title, text, again }] = useState(readPage);
  return (
    <html lang={lang} dir={dir}>
      <body>
        <style dangerouslySetInnerHTML={{ __html: colours }} />
        <main className="card">
          <title>{title}</title>
          <h1 ref={focusOnMount} tabIndex={-1}>
            {title}
          </h1>
          {text && <p>{text}</p>}
          <button type="button" onClick={() => window.location.reload()}>
            {again}
          </button>
        </main>
      </body>
    </html>
  );
}

/** What the page that failed has in its HTML: see components/incomplete.tsx. */
function readPage() {
  const page = typeof document === "undefined" ? undefined : document;
  const { lang = "en", dir = "ltr" } = page?.documentElement ?? {};
  const script = page?.querySelector<HTMLElement>("script[data-again]");
  const colours = page?.querySelector("style")?.textContent ?? ""; // See frame/brand-styles.tsx.
  const { title = "500", text, again = "↻" } = script?.dataset ?? {};
  return { lang, dir, colours, title, text, again };
}
