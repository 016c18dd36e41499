import { describe, expect, it } from "vitest";
import { suggestAddress } from "./suggest-address.ts";

const TYPOS: [typed: string, meant: string][] = [
  ["gmial.com", "gmail.com"],
  ["gamil.com", "gmail.com"],
  ["gmal.com", "gmail.com"],
  ["gmaill.com", "gmail.com"],
  ["gnail.com", "gmail.com"],
  ["gmail.con", "gmail.com"],
  ["gmail.co", "gmail.com"],
  ["gmail.cmo", "gmail.com"],
  ["GMIAL.COM", "gmail.com"],
  ["hotmial.com", "hotmail.com"],
  ["hotnail.com", "hotmail.com"],
  ["outlok.com", "outlook.com"],
  ["outloook.com", "outlook.com"],
  ["yaho.com", "yahoo.com"],
  ["yhaoo.com", "yahoo.com"],
  ["iclod.com", "icloud.com"],
  ["protonmial.com", "protonmail.com"],
  ["googlmail.com", "googlemail.com"],
];

// Real mail domains.
const REAL =
  "gmail.com googlemail.com gmx.de gmx.net gmx.ch gmx.at web.de mail.ru mail.com email.com " +
  "email.cz ymail.com yahoo.co.uk yahoo.de yahoo.fr yahoo.co.jp yahoo.com.br yahoo-inc.com " +
  "hotmail.co.uk hotmail.de hotmail.fr hotmail.gr outlook.de outlook.fr live.com msn.com me.com " +
  "mac.com aol.com proton.me pm.me hushmail.com zoho.com inbox.com hey.com cox.net posteo.de " +
  "t-online.de laposte.net orange.fr free.fr libero.it yandex.ru qq.com 163.com naver.com ms.com " +
  "gmale-solutions.com gmac.com gmat.com cloud.com ucloud.com kahoot.com tahoe.com hotelmail.com " +
  "mit.edu alumni.mit.edu gmail.mit.edu umail.ucsb.edu ox.ac.uk uni-bonn.de example.com";

describe("suggestAddress", () => {
  it.each(TYPOS)("corrects %s to %s", (typed, meant) =>
    expect(suggestAddress(`Ada.L+x@${typed}`)).toBe(`Ada.L+x@${meant}`),
  );

  it("ignores invisible characters around the address", () =>
    expect(suggestAddress("\u200e ada@gmial.com\u200b")).toBe("ada@gmail.com"));

  it.each(REAL.split(" "))("suggests nothing for the real domain %s", (domain) =>
    expect(suggestAddress(`ada@${domain}`)).toBeNull(),
  );

  it.each(["", "@", "ada", "@gmial.com", "ada@", "ada@gmail"])("suggests nothing for %j", (typed) =>
    expect(suggestAddress(typed)).toBeNull(),
  );
});
