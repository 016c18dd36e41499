import { expect, it } from "vitest";
import { canonicalAddress } from "./canonical-address.ts";

it.each([
  ["ada@exämple.com", "ada@xn--exmple-cua.com"],
  ["Ada@EXÄMPLE.com", "Ada@xn--exmple-cua.com"],
  ["ada@exa\u0308mple.com", "ada@xn--exmple-cua.com"],
  ["ada@mail.例え.jp", "ada@mail.xn--r8jz45g.jp"],
  ["ada@例え。テスト", "ada@xn--r8jz45g.xn--zckzah"],
  ["ada@пример.рф", "ada@xn--e1afmkfd.xn--p1ai"],
  ["ada@straße.de", "ada@xn--strae-oqa.de"],
  ["ada@ｅｘａｍｐｌｅ．com", "ada@example.com"],
  ["ju\u0308rgen@example.com", "jürgen@example.com"],
  ["ada\u212a@example.com", "adaK@example.com"],
])("converts %s to its canonical form: %s", (typed, kept) =>
  expect(canonicalAddress(typed)).toBe(kept),
);

it.each([
  "ADA@Example.COM",
  "ada@xn--exmple-cua.com",
  "",
  "ada",
  "ä",
  "ada@",
  "@",
  "ada@exä mple.com",
  "ada@exä/mple.com",
  "ada@exä:80",
  "ada@exä%2emple.com",
  "ada@exä?mple.com",
  "ada@exä#mple.com",
  "ada@exä\\mple.com",
  "ada@ä／b.com",
  "ada@ä＠b.com",
  "ada@[ä]",
  "ada@-ä\u200d.com",
])("leaves %j as it is", (typed) => expect(canonicalAddress(typed)).toBe(typed));
