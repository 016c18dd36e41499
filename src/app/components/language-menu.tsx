"use client";

import type { MouseEvent } from "react";
import { LANGUAGES, LANGUAGE_TAGS, type Language } from "#src/shared/languages.ts";
import { keepTyped } from "./kept-input.ts";

interface LanguageMenuProps {
  present: Language;
  /** What a screen reader calls the menu. */
  label: string;
}

/** Links to this page in the other languages. The server remembers the choice. */
export function LanguageMenu({ present, label }: LanguageMenuProps) {
  return (
    <nav aria-label={label}>
      <ul>
        {LANGUAGE_TAGS.map((language) => (
          <li key={language}>
            {language === present ? (
              <span aria-current="true" lang={language}>
                {LANGUAGES[language].name}
              </span>
            ) : (
              <a
                // Works without scripts, too: the server sees which page the link is on.
                href={`/${language}/this-page`}
                referrerPolicy="same-origin"
                hrefLang={language}
                lang={language}
                onClick={(event) => changeLanguage(event, language)}
              >
                {LANGUAGES[language].name}
              </a>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Opens this very page in the language, with what was typed. */
function changeLanguage(event: MouseEvent, language: Language): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  keepTyped();
  const { pathname, search } = window.location;
  const [, first = "", rest = ""] = /^\/([^/]+)(.*)$/.exec(pathname) ?? [];
  const path = Object.hasOwn(LANGUAGES, first) ? rest : pathname;
  window.location.assign(`/${language}${path}${search}`);
}
