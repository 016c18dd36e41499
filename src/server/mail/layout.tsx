import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";

const BODY = { margin: 0, padding: "24px 12px", background: "#f4f3ef", color: "#1d1b16" };
const CARD = {
  maxWidth: "480px",
  margin: "0 auto",
  padding: "32px",
  background: "#ffffff",
  borderRadius: "12px",
  font: "16px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
};

/** An HTML mail: a single card, styles inline as mail programs want them, nothing fetched. */
export function renderMail(title: string, content: ReactNode): string {
  const page = (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
      </head>
      <body style={BODY}>
        <div style={CARD}>{content}</div>
      </body>
    </html>
  );
  return `<!doctype html>${renderToStaticMarkup(page)}`;
}
