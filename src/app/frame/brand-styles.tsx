import { coloursOf } from "#src/platform/brand.ts";

/** The brand's colours, which globals.css takes from here. */
export function BrandStyles() {
  const styles = `:root{${variables("light")}}@media (prefers-color-scheme:dark){:root{${variables("dark")}}}`;
  return <style dangerouslySetInnerHTML={{ __html: styles }} />;
}

function variables(scheme: "light" | "dark"): string {
  const { accent, onAccent } = coloursOf(scheme);
  return `--accent:${accent};--on-accent:${onAccent}`;
}
