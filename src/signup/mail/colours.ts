import type { CSSProperties } from "react";
import { coloursOf } from "#src/platform/brand.ts";

/** The parts of a mail that have their own colours; also used as class names. */
type Part = "paper" | "mark" | "card" | "quiet" | "link" | "code" | "button";

interface Colours {
  background: string;
  color: string;
}

/**
 * The colours of the pages. Each part sets background and text together, so that a mail program with
 * its own dark mode changes both or neither.
 */
function partsIn(scheme: "light" | "dark"): Record<Part, Colours> {
  const { paper, surface, ink, quiet, accent, onAccent } = coloursOf(scheme);
  return {
    paper: { background: paper, color: ink },
    mark: { background: paper, color: accent },
    card: { background: surface, color: ink },
    quiet: { background: surface, color: quiet },
    link: { background: surface, color: accent },
    code: { background: paper, color: ink },
    button: { background: accent, color: onAccent },
  };
}

const LIGHT = partsIn("light");
const DARK = partsIn("dark");

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
