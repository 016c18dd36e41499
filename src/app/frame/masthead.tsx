import { brand } from "#src/platform/brand.ts";
import { readImage } from "./read-image.ts";

/** The brand at the top of every page: its logo, and its name if the logo does not show it. */
export function Masthead() {
  const { logo, logoHasName = false, name } = brand;
  return (
    <header className="masthead">
      {logo && (
        <picture>
          {logo.dark && <source srcSet={dataUrl(logo.dark)} media="(prefers-color-scheme: dark)" />}
          {/* The height is for a page whose style sheet is missing. */}
          <img src={dataUrl(logo.light)} alt={logoHasName ? name : ""} height={28} />
        </picture>
      )}
      {!(logo && logoHasName) && <span>{name}</span>}
    </header>
  );
}

/** In the page itself, so that it is there at once. */
function dataUrl(file: string): string {
  const { type, bytes } = readImage(file);
  return `data:${type};base64,${bytes.toString("base64")}`;
}
