import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Guard } from "#src/platform/http/guard.ts";

export interface PagePolicyOptions {
  /** The folder .next/server of the production build. */
  folder: string;
  /** Whether people open the page over https. */
  https: boolean;
}

/** Next answers with these in place of any page. */
const FALLBACK = /^(pages\/|app\/_)/;

/**
 * Sets the content security policy of the page that Next will answer with. The pages are static and
 * cannot carry a nonce, so the policy allows exactly the inline scripts and styles of this page, by
 * hash. Comes after the guards that choose the page.
 */
export function pagePolicy({ folder, https }: PagePolicyOptions): Guard {
  const pages = readPages(folder);
  const fallbacks = [...pages].flatMap(([path, own]) => (FALLBACK.test(path) ? [own] : []));
  const ofFallbacks = writePolicy(fallbacks, https);
  const policies = new Map(
    [...pages].map(([path, own]) => [path, writePolicy([own, ...fallbacks], https)]),
  );
  return ({ url = "" }, response, pass) => {
    const policy = policies.get(`app${url.split("?", 1)[0]}`) ?? ofFallbacks;
    response.setHeader("content-security-policy", policy);
    pass();
  };
}

interface Hashes {
  scripts: string[];
  styles: string[];
}

function writePolicy(parts: Hashes[], https: boolean): string {
  const allow = (of: keyof Hashes) => [...new Set(parts.flatMap((part) => part[of]))].join(" ");
  return [
    "default-src 'none'",
    `script-src 'self' ${allow("scripts")}`,
    `style-src 'self' ${allow("styles")}`, // The brand's colours.
    "img-src 'self' data:", // The logo, and the check mark in the style sheet.
    "connect-src 'self'",
    "worker-src 'self'", // The password meter.
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(https ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

/** The hashes of the inline scripts and style sheets of each page, by its path in the folder. */
function readPages(folder: string): Map<string, Hashes> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return new Map(
    files
      .filter((name) => name.endsWith(".html"))
      .map((name) => {
        const html = readFileSync(join(folder, name), "utf8");
        return [name.replace(/\.html$/, ""), hashesOf(html)];
      }),
  );
}

function hashesOf(html: string): Hashes {
  const hashesOfAll = (pattern: RegExp) =>
    [...html.matchAll(pattern)].map(([, content = ""]) => {
      return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
    });
  return {
    scripts: hashesOfAll(/<script(?![^>]* src=)[^>]*>([^]*?)<\/script>/g),
    styles: hashesOfAll(/<style[^>]*>([^]*?)<\/style>/g),
  };
}
