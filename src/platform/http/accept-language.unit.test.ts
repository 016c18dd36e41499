import { expect, it } from "vitest";
import { acceptLanguage } from "./accept-language.ts";

it.each([
  ["de", "de"],
  ["DE-at", "de"],
  ["de-CH, fr;q=0.9, en;q=0.8", "de"],
  ["fr;q=0.5, ja;q=0.9", "ja"],
  ["nl, es-MX;q=0.3", "es"],
  ["pt", "pt-BR"],
  ["pt-PT", "pt-BR"],
  ["ar-EG", "ar"],
  ["en;q=0, fr", "fr"],
  ["de;q=0, nl", "en"],
  ["*", "en"],
  ["", "en"],
  [undefined, "en"],
  [";;;,,q=,=;q", "en"],
  [`${"x,".repeat(50_000)}de`, "en"],
])("%s leads to %s", (header, language) => expect(acceptLanguage(header)).toBe(language));
