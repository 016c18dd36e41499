import { expect, it } from "vitest";
import { spellingsOf } from "./service-name.ts";

it.each([
  ["Enlist", ["enlist"]],
  ["Børk & Söhne", ["borksohne", "bork", "sohne", "boerksoehne", "boerk", "soehne"]],
  ["Straße 7", ["strasse7", "strasse"]],
  ["Łódź Café", ["lodzcafe", "lodz", "cafe"]],
  ["Æther", ["aether"]],
  ["A&B Shop", ["abshop", "shop"]],
  ["株式会社アクメ", []],
])("%s is written as %j", (name, words) => expect(spellingsOf(name)).toEqual(words));
