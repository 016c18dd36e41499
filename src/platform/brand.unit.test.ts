import { expect, it } from "vitest";
import { z as classic } from "zod";
import * as z from "zod/mini";
import { findBrandFaults } from "./brand.ts";

const BRAND = {
  name: "Acme",
  logo: { light: "src/brand/logo.svg", dark: "src/brand/logo-dark.svg" },
  logoHasName: false,
  icon: "src/brand/icon.svg",
  colours: { light: "#5b21b6", dark: "#c4b5fd" },
  support: "help@acme.example",
  terms: { en: "https://acme.example/terms", de: "https://acme.example/agb" },
  privacy: "https://acme.example/privacy",
  sender: "Acme <hello@acme.example>",
  defaultLanguage: "en",
};

const COMPANY = { name: "company", label: "Company", schema: z.string() };
const isReal = (text: string) => Promise.resolve(text !== "");

it.each([
  [BRAND],
  [{ name: "株式会社アクメ" }],
  [{ ...BRAND, termsVersion: "2026-11-01", whyClosed: "We open again in May." }],
  [{ ...BRAND, extraField: { ...COMPANY, hint: { de: "Wie im Handelsregister." } } }],
  [{ ...BRAND, extraField: { ...COMPANY, schema: classic.coerce.number().optional() } }],
  [{ ...BRAND, support: "https://acme.example/help", sender: "hello@acme.example" }],
])("accepts %j", (brand) => expect(findBrandFaults(brand)).toEqual([]));

it.each<[change: Record<string, unknown>, fault: RegExp]>([
  [{ name: "" }, /^enlist\.config\.ts: name must have 1 to 40 characters/],
  [{ name: "a".repeat(41) }, /^enlist\.config\.ts: name must have 1 to 40 characters/],
  [{ name: 7 }, /^enlist\.config\.ts: name must be a text$/],
  [{ name: "A<b>" }, /name must not have < or >/],
  [{ logo: "x.svg" }, /logo must be an object/],
  [{ colours: null }, /colours must be an object/],
  [{ sender: 3 }, /sender must be a text/],
  [{ name: undefined }, /^enlist\.config\.ts: name is missing$/],
  [{ logo: { light: "src/brand/none.svg" } }, /logo\.light names src\/brand\/none\.svg, which/],
  [{ logo: { light: "src/brand/logo.gif" } }, /logo\.light must be the name of an SVG, PNG or/],
  [{ logo: { light: "package-lock.json.svg" } }, /logo\.light names .* does not exist/],
  [{ icon: 7 }, /icon must be the name of a file/],
  [{ colours: { light: "red", dark: "#c4b5fd" } }, /colours\.light must be a colour such as/],
  [
    { colours: { light: "#77aa55", dark: "#c4b5fd" } },
    /colours\.light has a contrast of .* darker/,
  ],
  [
    { colours: { light: "#5b21b6", dark: "#5b21b6" } },
    /colours\.dark has a contrast of .* lighter/,
  ],
  [{ colours: { light: "#5b21b6" } }, /colours\.dark must be a colour/],
  [{ support: "nowhere" }, /support must be a URL or a mail address/],
  [{ terms: "acme.example/terms" }, /terms must be a URL/],
  [{ terms: {} }, /terms must be a URL/],
  [{ sender: "Acme" }, /sender must look like/],
  [{ sender: "Acme <a@b.example>\r\nBcc: c@d.example" }, /sender must look like/],
  [{ defaultLanguage: "xx" }, /defaultLanguage must be one of en/],
  [{ termsVersion: "2026-11-01", terms: undefined }, /termsVersion needs terms, the URL/],
  [{ termsVersion: "" }, /termsVersion must have 1 to 50 ASCII characters/],
  [{ whyClosed: "" }, /whyClosed must be a text of 1 to 300 characters/],
  [{ whyClosed: {} }, /whyClosed must be a text of 1 to 300 characters/],
  [{ extraField: "company" }, /extraField must be an object/],
  [{ extraField: { ...COMPANY, name: "email" } }, /extraField\.name must not be the name of/],
  [{ extraField: { ...COMPANY, name: "constructor" } }, /must not be a name that every object/],
  [{ extraField: { ...COMPANY, name: "my company" } }, /extraField\.name must be a key such as/],
  [{ extraField: { ...COMPANY, label: 7 } }, /extraField\.label must be a text of/],
  [{ extraField: { ...COMPANY, schema: /x/ } }, /extraField\.schema must be a schema of zod/],
  [{ extraField: { ...COMPANY, schema: undefined } }, /extraField\.schema must be a schema/],
  [
    { extraField: { ...COMPANY, schema: z.string().check(z.refine(isReal)) } },
    /extraField\.schema must not be asynchronous/,
  ],
  [{ extraField: { ...COMPANY, type: "text" } }, /extraField\.type is not a setting$/],
  [{ colour: "#5b21b6" }, /^enlist\.config\.ts: colour is not a setting$/],
  [{ logo: { light: "src/brand/logo.svg", night: "x" } }, /logo\.night is not a setting$/],
])("refuses %j in one readable line", (change, fault) => {
  const faults = findBrandFaults({ ...BRAND, ...change });
  expect(faults).toEqual([expect.stringMatching(fault)]);
  expect(faults[0]).not.toMatch(/\n|invalid_|expected/i);
});

it("names each mistake", () => {
  expect(findBrandFaults({ ...BRAND, name: "", support: "x", sender: "y" })).toHaveLength(3);
});
