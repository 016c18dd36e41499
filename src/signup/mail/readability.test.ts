import { chromium } from "playwright";
import { afterAll, describe, expect, it } from "vitest";
import { HEADLESS, findExecutable } from "#test/servers/find-executable.mjs";
import { existingAccountMail } from "./existing-account-mail.tsx";
import type { MailContent } from "./mail-content.ts";
import { verificationMail } from "./verification-mail.tsx";

const executablePath = findExecutable(HEADLESS);
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: ["--disable-gpu", "--disable-background-networking", "--no-first-run"],
});
afterAll(() => browser.close());

const link = `https://enlist.example/verify?token=${"0198c5a2".repeat(12)}`;
const askedAt = new Date();
const MAILS: [name: string, mail: MailContent][] = [
  [
    "verification",
    verificationMail({
      language: "en",
      username: "a".repeat(100),
      link,
      code: "04920617",
      ttlHours: 24,
      askedAt,
    }),
  ],
  ...(["de", "ja", "ar"] as const).map((language): [string, MailContent] => [
    `verification, ${language}`,
    verificationMail({
      language,
      username: "a".repeat(100),
      link,
      code: "04920617",
      ttlHours: 24,
      askedAt,
    }),
  ]),
  [
    "existing-account",
    existingAccountMail({ language: "en", appUrl: "https://enlist.example", askedAt }),
  ],
];

type Rgb = [number, number, number];

/** The channels of a computed colour, such as `rgb(29, 27, 22)`. */
function channels(css: string): Rgb {
  return css.match(/\d+/g)!.map(Number) as Rgb;
}

/** WCAG 2.2, "relative luminance". */
function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((byte) => {
    const c = byte / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2.2, "contrast ratio", 1 to 21. */
function contrast(a: Rgb, b: Rgb): number {
  const [one, other] = [luminance(a) + 0.05, luminance(b) + 0.05];
  return Math.max(one, other) / Math.min(one, other);
}

const inverted = (rgb: Rgb) => rgb.map((byte) => 255 - byte) as Rgb;

/** Opens the mail on a narrow phone. Returns its texts with their colours, and all requests. */
async function open(html: string, colorScheme: "light" | "dark") {
  const viewport = { width: 320, height: 600 };
  const page = await browser.newPage({ viewport, colorScheme });
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  await page.setContent(html, { waitUntil: "load" });
  const seen = await page.evaluate(() => {
    const texts: { text: string; color: string; background: string }[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      let at = walker.currentNode.parentElement!;
      const { color } = getComputedStyle(at);
      const background = () => getComputedStyle(at).backgroundColor;
      while (background() === "rgba(0, 0, 0, 0)" && at.parentElement) at = at.parentElement;
      texts.push({ text: walker.currentNode.textContent!, color, background: background() });
    }
    return { texts, width: document.documentElement.scrollWidth };
  });
  await page.close();
  const texts = seen.texts.map(({ text, color, background }) => ({
    text,
    color: channels(color),
    background: channels(background),
  }));
  return { texts, width: seen.width, requests };
}

describe.each(MAILS)("the mail %s", (_name, { html }) => {
  it.each(["light", "dark"] as const)("is readable in %s colours", async (scheme) => {
    const { texts, width, requests } = await open(html, scheme);
    expect(texts.length).toBeGreaterThan(4);
    for (const { text, color, background } of texts) {
      expect(contrast(color, background), text).toBeGreaterThanOrEqual(4.5);
    }
    const paper = luminance(texts.find(({ text }) => text === "Enlist")!.background);
    if (scheme === "dark") expect(paper).toBeLessThan(0.05);
    else expect(paper).toBeGreaterThan(0.8);
    expect(width).toBeLessThanOrEqual(320);
    expect(requests).toEqual([]);
  });

  it("is readable if a mail program drops its styles and inverts its colours", async () => {
    const { texts } = await open(html.replace(/<style>[\s\S]*<\/style>/, ""), "dark");
    for (const { text, color, background } of texts) {
      expect(contrast(inverted(color), inverted(background)), text).toBeGreaterThanOrEqual(4.5);
    }
  });
});
