import { describe, expect, it } from "vitest";
import { dirOf, LANGUAGE_TAGS } from "#src/shared/languages.ts";
import { MAIL_TEXTS } from "#src/texts/mail-texts.ts";
import { existingAccountMail } from "./existing-account-mail.tsx";
import { invitationMail } from "./invitation-mail.tsx";
import type { MailContent } from "./mail-content.ts";
import { verificationMail } from "./verification-mail.tsx";

const LINK = `https://enlist.example/en/verify?token=${"0198c5a2".repeat(12)}`;
const SIGN_IN = "https://app.example/sign-in";
const ASKED_AT = new Date("2026-11-26T14:05:37.123Z");
const VERIFICATION: Parameters<typeof verificationMail>[0] = {
  language: "en",
  username: "ada_lovelace",
  link: LINK,
  code: "04920617",
  ttlHours: 24,
  askedAt: ASKED_AT,
};
const INVITATION = `https://enlist.example/en/signup?invitation=${"0198c5a2".repeat(12)}`;
const INVITED: Parameters<typeof invitationMail>[0] = {
  language: "en",
  link: INVITATION,
  ttlHours: 336,
  askedAt: ASKED_AT,
};
const MAILS: [name: string, mail: MailContent, links: string[]][] = [
  ["verification", verificationMail(VERIFICATION), [LINK, LINK, LINK]],
  [
    "verification-without-username",
    verificationMail({ ...VERIFICATION, username: null }),
    [LINK, LINK, LINK],
  ],
  ["invitation", invitationMail(INVITED), [INVITATION, INVITATION, INVITATION]],
  [
    "existing-account",
    existingAccountMail({ language: "en", appUrl: "https://enlist.example", askedAt: ASKED_AT }),
    [],
  ],
  [
    "existing-account-sign-in",
    existingAccountMail({
      language: "en",
      appUrl: "https://enlist.example",
      signInUrl: SIGN_IN,
      askedAt: ASKED_AT,
    }),
    [SIGN_IN, SIGN_IN, SIGN_IN],
  ],
];

describe.each(MAILS)("the mail %s", (name, { subject, text, html, quotedPrintable }, links) => {
  it("says the same in quoted-printable, in short lines", () => {
    expect(decode(quotedPrintable)).toBe(html);
    const lengths = quotedPrintable.split(/\r?\n/).map((line) => line.length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(76);
  });

  it("says in its subject when it was requested, and nothing secret", () => {
    expect(subject).toMatch(/^[A-Z][a-z -]+( Enlist)? \(14:05:37 UTC\)$/);
  });

  // After an intended change: npx vitest run src/signup/mail -u, and check the previews.
  it("looks like its previews", async () => {
    await expect(html.replaceAll("><", ">\n<")).toMatchFileSnapshot(`previews/${name}.html`);
    await expect(text).toMatchFileSnapshot(`previews/${name}.txt`);
  });

  it("links only to its own page, and loads nothing", () => {
    const [doctype] = /^<!DOCTYPE[^>]*>/.exec(html)!;
    const document = html.slice(doctype.length);
    expect(document.match(/[a-z]+:\/\/[^"<\s]*/gi) ?? []).toEqual(links);
    expect(document).not.toMatch(
      /<(img|link|script|iframe|object|embed|video|audio|source|base|form|svg|image)\b/i,
    );
    expect(document).not.toMatch(
      /\b(src|srcset|background|poster|ping)=|url\(|@import|data:[a-z]/i,
    );
  });

  it("reads well as text: a greeting, short lines, no markup, no capitals", () => {
    expect(text).toMatch(/^Hello,\n\n[A-Z]/);
    expect(text).toMatch(/[^\n]\n$/);
    const lines = text.split("\n").filter((line) => !line.startsWith("https://"));
    for (const line of lines) expect(line).toMatch(/^.{0,72}$/);
    expect(text).not.toMatch(/[<>[\]{}]|&\w+;|\n{3}|[A-Z]{2,} [A-Z]{2,}|undefined|null/);
    expect(text).toContain("enlist.example");
    expect(text).toMatch(/Was it not you\?|Did you not expect this mail\?/);
  });
});

describe.each(LANGUAGE_TAGS)("the mails in %s", (language) => {
  const mail = verificationMail({ ...VERIFICATION, language });
  const { subject, text, html } = mail;
  const other = existingAccountMail({
    language,
    appUrl: "https://enlist.example",
    signInUrl: SIGN_IN,
    askedAt: ASKED_AT,
  });

  const invitation = invitationMail({ ...INVITED, language });
  const nameless = verificationMail({ ...VERIFICATION, language, username: null });

  it("look like their previews", async () => {
    if (language === "en") return; // These are above.
    await expect(text).toMatchFileSnapshot(`previews/verification.${language}.txt`);
    await expect(other.text).toMatchFileSnapshot(`previews/existing-account.${language}.txt`);
    await expect(invitation.text).toMatchFileSnapshot(`previews/invitation.${language}.txt`);
    await expect(nameless.text).toMatchFileSnapshot(
      `previews/verification-without-username.${language}.txt`,
    );
  });

  it("say the same in quoted-printable", () => {
    for (const one of [mail, other, invitation, nameless])
      expect(decode(one.quotedPrintable)).toBe(one.html);
  });

  it("are written in it, in its direction", () => {
    expect(subject).toContain(MAIL_TEXTS[language].verification.subject);
    for (const document of [html, other.html, invitation.html, nameless.html]) {
      expect(document).toContain(`<html lang="${language}" dir="${dirOf(language)}">`);
      // Webmail drops the html element.
      expect(document).toContain(`lang="${language}" dir="${dirOf(language)}"`);
      expect(document).not.toMatch(/[\ue000-\uf8ff]|undefined|null|\[object/);
    }
  });

  it("have link and code from left to right, each on its own line", () => {
    const paragraphs = text.split("\n\n");
    expect(paragraphs.filter((paragraph) => paragraph === LINK)).toHaveLength(1);
    expect(paragraphs).toContain("0492 0617");
    expect(html).toMatch(/<p dir="ltr"[^>]*>0492 0617<\/p>/);
    expect(html).toMatch(/<p dir="ltr"[^>]*><a href="https:/);
    expect(other.text.split("\n\n")).toContain(SIGN_IN);
  });

  it("isolate names and hosts in a text from right to left", () => {
    const isolated = text.includes("\u2066ada_lovelace\u2069");
    expect(isolated).toBe(dirOf(language) === "rtl");
    expect(html).toContain("<bdi>ada_lovelace</bdi>");
  });
});

describe("the verification mail", () => {
  it("has the link once and the code, each on its own line of the text", async () => {
    const { text } = verificationMail(VERIFICATION);
    expect(text.split("\n\n").filter((paragraph) => paragraph === LINK)).toHaveLength(1);
    expect(text.split("token=")).toHaveLength(2);
    expect(text).toContain("\n\n0492 0617\n\n");
  });

  it.each([
    ["ada_lovelace_1815", "ada_lovelace_1815"],
    ["a".repeat(100), `${"a".repeat(20)}...`],
    ["call_0800_123456789_now", "call_0800_..."],
    ["0800123456", "0800..."],
    ["1_2_3_4_5_6_7_8", "1_2_3_4_..."],
    ["you_have_won_call_1_800_555_0199_to_claim_your_prize_of_9000", "you_have_won_call_1_..."],
  ])("shows the username %s only as %s", (username, shown) => {
    const { subject, text, html } = verificationMail({ ...VERIFICATION, username });
    expect(text.replaceAll("\n", " ")).toContain(`chose the username ${shown} at enlist.example,`);
    expect(html).toContain(`<strong><bdi>${shown}</bdi></strong>`);
    if (shown !== username) expect(subject + text + html).not.toContain(username);
    const rest = text.replace(LINK, "").replace("0492 0617", "");
    expect(rest).not.toMatch(/(\d[\W_]*){5}/);
  });

  it("says how long the link works", async () => {
    const { text } = verificationMail({ ...VERIFICATION, ttlHours: 1 });
    expect(text).toContain("The link works for 1 hour.");
  });

  it("escapes its values, in HTML only", async () => {
    const username = `<b id="x">&amp;'`;
    const link = `https://enlist.example/verify?token="><img/src=x>&lt=1`;
    const { text, html } = verificationMail({ ...VERIFICATION, username, link });
    expect(html).not.toMatch(/<b |<img|token="/);
    expect(html).toContain("&lt;b id=&quot;x&quot;&gt;&amp;amp;&#x27;");
    expect(text).toContain(username);
    expect(text.split("\n").filter((line) => line.includes("token="))).toEqual([link]);
  });
});

/** Quoted-printable, as a mail program reads it (RFC 2045, 6.7). */
function decode(encoded: string): string {
  const bytes = encoded
    .replaceAll("=\r\n", "")
    .replaceAll(/=([\dA-F]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  return Buffer.from(bytes, "latin1").toString();
}
