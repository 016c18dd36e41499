import { renderToStaticMarkup } from "react-dom/server";
import { createElement, type ReactNode } from "react";
import { describe, expect, it } from "vitest";
import { dirOf, LANGUAGE_TAGS, type Language } from "#src/shared/languages.ts";
import { passwordAdvice as en } from "./en/password-advice.ts";
import { passwordAdvice as de } from "./de/password-advice.ts";
import { passwordAdvice as fr } from "./fr/password-advice.ts";
import { passwordAdvice as es } from "./es/password-advice.ts";
import { passwordAdvice as ptBR } from "./pt-BR/password-advice.ts";
import { passwordAdvice as ja } from "./ja/password-advice.ts";
import { passwordAdvice as ar } from "./ar/password-advice.ts";
import { FIELD_TEXTS } from "./field-texts.ts";
import { formatsOf } from "./formats.ts";
import { MAIL_TEXTS } from "./mail-texts.ts";
import { PAGE_TEXTS } from "./page-texts.ts";
import { REFUSAL_TEXTS } from "./refusal-texts.ts";

/** Values that texts take; each must appear in the text that takes it. */
const NODES = ["node-one", "node-two"];

/** Every text of a catalogue with its path, with values for its parameters. */
function textsIn(catalogue: object, path = ""): [path: string, text: string][] {
  return Object.entries(catalogue).flatMap(([key, value]: [string, unknown]) => {
    const name = `${path}${key}`;
    if (typeof value === "string") return [[name, value]];
    if (typeof value === "function") return [[name, fill(value as Fill, name)]];
    return textsIn(value as object, `${name}.`);
  });
}

type Fill = (...values: unknown[]) => ReactNode;

function fill(text: Fill, name: string): string {
  const values = valuesFor(name);
  return renderToStaticMarkup(createElement("p", null, text(...values))).replaceAll(/<\/?p>/g, "");
}

/** A text's parameters by its name: numbers, parts of the sentence, a refusal's values, or nodes. */
function valuesFor(name: string): unknown[] {
  if (/In$|ingAgain$|code_length/.test(name))
    return name.endsWith("tryAgainIn") ? ["Refused.", 7] : [7, 9];
  if (/acceptTerms/.test(name)) return NODES.map((node) => () => node);
  if (/^(incomplete|notFound.text)$/.test(name)) return [(part: string) => `<${part}>`];
  const refusal = { left: 7, letter: "ß", domain: "acme.example", fault: "is wrong" };
  return /_/.test(name) && !name.startsWith("invisible") ? [refusal] : NODES;
}

const ADVICE_TEXTS = { en, de, fr, es, "pt-BR": ptBR, ja, ar } satisfies Record<Language, object>;

const CATALOGUES = (language: Language) =>
  [PAGE_TEXTS, FIELD_TEXTS, REFUSAL_TEXTS, MAIL_TEXTS, ADVICE_TEXTS].map((all) => all[language]);

/** Words that another language shares with English. */
const SAME_WORDS = new Set([" "]);

const english = new Map(CATALOGUES("en").flatMap((catalogue) => textsIn(catalogue)));

describe.each(LANGUAGE_TAGS)("the texts in %s", (language) => {
  const texts = CATALOGUES(language).flatMap((catalogue) => textsIn(catalogue));

  it("are all there, and name what the English ones name", () => {
    expect(texts.length).toBeGreaterThan(200);
    expect(texts.map(([path]) => path)).toEqual([...english.keys()]);
    for (const [path, text] of texts) {
      if (path !== "separator") expect(text.trim(), path).not.toBe("");
      for (const value of [
        "node-one",
        "node-two",
        "Refused.",
        "acme.example",
        "“ß”",
        "return_to",
        "requestId",
      ]) {
        const plain = value.replaceAll(/[“”]/g, "");
        if (english.get(path)!.includes(value)) expect(text, path).toContain(plain);
      }
    }
  });

  it("are translated", () => {
    if (language === "en") return;
    const same = texts.filter(([path, text]) => text === english.get(path));
    expect(same.filter(([, text]) => !SAME_WORDS.has(text))).toEqual([]);
  });

  it("quote the button that the mail speaks of", () => {
    expect(MAIL_TEXTS[language].verification.notYou).toContain(PAGE_TEXTS[language].verify.notMe);
  });

  it("have no spaces at their ends, no straight apostrophes or dots for an ellipsis", () => {
    for (const [path, text] of texts) {
      if (path !== "separator") expect(text, path).toBe(text.trim());
      expect(text, path).not.toMatch(/\.\.\./);
      expect(text, path).not.toMatch(/ {2}/);
    }
  });

  it("mark Latin words in a text that is written from right to left", () => {
    if (dirOf(language) === "ltr") return;
    for (const [path, text] of texts) {
      const open = text.match(/[\u2066-\u2068]/g)?.length ?? 0;
      expect(text.match(/\u2069/g)?.length ?? 0, path).toBe(open);
    }
  });

  it("have every plural form that the language needs", () => {
    const { plural } = formatsOf(language);
    const rules = new Intl.PluralRules(language);
    const forms = Object.fromEntries(
      rules.resolvedOptions().pluralCategories.map((name) => [name, name]),
    );
    for (const count of [0, 1, 2, 3, 7, 11, 100]) {
      expect(plural(count, { other: "other", ...forms })).toBe(rules.select(count));
      const seen = REFUSAL_TEXTS[language].code_wrong;
      const text = typeof seen === "string" ? seen : seen({ left: count });
      expect(text).not.toContain("#");
    }
  });
});
