import type { CSSProperties } from "react";

/** The parts of a mail that have their own colours; also used as class names. */
type Part = "paper" | "mark" | "card" | "quiet" | "link" | "code" | "button";

interface Colours {
  background: string;
  color: string;
}

/**
 * The colours of the pages (src/app/globals.css). Each part sets background and text together, so
 * that a mail program with its own dark mode changes both or neither.
 */
const LIGHT: Record<Part, Colours> = {
  paper: { background: "#f4f3ef", color: "#1d1b16" },
  mark: { background: "#f4f3ef", color: "#1f5f4a" },
  card: { background: "#ffffff", color: "#1d1b16" },
  quiet: { background: "#ffffff", color: "#5d594f" },
  link: { background: "#ffffff", color: "#1f5f4a" },
  code: { background: "#f4f3ef", color: "#1d1b16" },
  button: { background: "#1f5f4a", color: "#ffffff" },
};

const DARK: Record<Part, Colours> = {
  paper: { background: "#14150f", color: "#eeece4" },
  mark: { background: "#14150f", color: "#7fd1b0" },
  card: { background: "#1d1f18", color: "#eeece4" },
  quiet: { background: "#1d1f18", color: "#b0ad9f" },
  link: { background: "#1d1f18", color: "#7fd1b0" },
  code: { background: "#14150f", color: "#eeece4" },
  button: { background: "#7fd1b0", color: "#0d2a1f" },
};

/**
 * A part's attributes. Its light colours are inline, because some mail programs drop style sheets.
 */
export function part(name: Part, style?: CSSProperties) {
  return { className: name, style: { ...LIGHT[name], ...style } };
}

/** Overrides the inline colours if the reader prefers a dark scheme. */
export const DARK_STYLES = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
${Object.entries(DARK)
  .map(
    ([name, { background, color }]) =>
      `  .${name} { background: ${background} !important; color: ${color} !important; }`,
  )
  .join("\n")}
}
`;
