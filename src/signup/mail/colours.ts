import type { CSSProperties } from "react";

/** What has colours of its own in a mail; also the names of the classes that carry them. */
type Part = "paper" | "mark" | "card" | "quiet" | "link" | "code" | "button";

interface Colours {
  background: string;
  color: string;
}

/**
 * The colours of the pages (src/app/globals.css). Every part names its background beside its text's
 * colour: a mail program that darkens mails by itself then changes both, or neither.
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

/** The attributes of a part: its light colours inline, as some mail programs drop style sheets. */
export function part(name: Part, style?: CSSProperties) {
  return { className: name, style: { ...LIGHT[name], ...style } };
}

/** The style sheet that overrides the inline colours where the reader prefers dark ones. */
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
