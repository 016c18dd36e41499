import { brand, hrefOfSupport } from "#src/platform/brand.ts";
import type { Language } from "#src/shared/languages.ts";
import { localize } from "#src/shared/localize.ts";
import type { PageTexts } from "#src/texts/en/pages.tsx";
import { LanguageMenu } from "../components/language-menu.tsx";

/** Below every page: what the brand's owner has to tell, and the other languages. */
export function Footer({ language, texts }: { language: Language; texts: PageTexts }) {
  const links = [
    [texts.footer.terms, brand.terms && localize(language, brand.terms)],
    [texts.footer.privacy, brand.privacy && localize(language, brand.privacy)],
    [texts.footer.support, brand.support && hrefOfSupport(brand.support)],
  ].filter(([, href]) => href);
  return (
    <footer className="footer">
      {links.length > 0 && (
        <ul>
          {links.map(([text, href]) => (
            <li key={text}>
              <a href={href}>{text}</a>
            </li>
          ))}
        </ul>
      )}
      <LanguageMenu present={language} label={texts.language} />
    </footer>
  );
}
