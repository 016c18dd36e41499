import type { IncomingMessage, ServerResponse } from "node:http";
import { acceptLanguage } from "#src/platform/http/accept-language.ts";
import { readCookies } from "#src/platform/http/read-cookies.ts";
import type { Guard } from "#src/platform/http/guard.ts";
import { closestLanguage } from "#src/shared/closest-language.ts";
import { isLanguage, LANGUAGE_TAGS, type Language } from "#src/shared/languages.ts";
import { SERVICE_WORD } from "#src/shared/service-name.ts";

/** Keeps the choice, which is a tag such as "pt-BR". Scripts need not read it. */
const COOKIE = `${SERVICE_WORD}_language`;
const A_YEAR = 31_536_000;

/** What people open by a path without a language. All else below src/app/[language] is ours. */
const SIGNUP = "/signup";
const PAGES = new Set([SIGNUP, "/signup/check-inbox", "/verify"]);

/** In a language's folder, for links of pages: the page that the link is on, in this language. */
const THIS_PAGE = "/this-page";

/** Paths that Next answers itself. */
const OTHERS = /^\/(_next|api|icon|favicon\.ico|__nextjs)(\/|_|$)/;

/**
 * Chooses the language of a page, and has Next answer with the page in it. The first folder of the
 * path names it: a link to /de/signup is a choice, and kept in a cookie. Without one, it is the
 * cookie's, or the first in `Accept-Language` that there is. Shows the page /not-found with 404 for
 * any other path.
 * @param appUrl for the addresses of the sign-up page in each language (RFC 8288)
 */
export function chooseLanguage(appUrl: string): Guard {
  const secure = appUrl.startsWith("https:") ? "; Secure" : "";
  const alternates = linksTo(appUrl);
  return (request, response, pass) => {
    const [path, query] = splitUrl(request.url ?? "/");
    if (OTHERS.test(path)) return pass();
    const [first, below] = splitPath(path);
    const chosen = isLanguage(first) ? first : undefined;
    const rest = chosen ? below : path;
    if (chosen && rest === THIS_PAGE) return redirect(response, `/${chosen}${pageOfLink(request)}`);
    const isPage = PAGES.has(rest);
    if (isPage && !["GET", "HEAD"].includes(request.method ?? "")) return refuseMethod(response);
    const elsewhere = path === "/" ? SIGNUP : canonicalPath(first, below);
    if (elsewhere !== undefined) return redirect(response, elsewhere + query);
    const language =
      chosen ?? keptLanguage(request) ?? acceptLanguage(request.headers["accept-language"]);
    if (chosen) {
      const cookie = `${COOKIE}=${chosen}; Path=/; Max-Age=${A_YEAR}; HttpOnly; SameSite=Lax${secure}`;
      response.appendHeader("set-cookie", cookie);
    } else {
      addVary(response);
    }
    response.setHeader("content-language", language);
    if (rest === SIGNUP) response.setHeader("link", alternates);
    if (!isPage) response.statusCode = 404;
    request.url = `/${language}${isPage ? rest : "/not-found"}${query}`;
    pass();
  };
}

/** Where a page is if its language is spelled otherwise, or only named: undefined if it is here. */
function canonicalPath(first: string, below: string): string | undefined {
  const language = closestLanguage([first]);
  const page = below || SIGNUP;
  if (!language || !PAGES.has(page)) return undefined;
  return first === language && below ? undefined : `/${language}${page}`;
}

/** The page that a link is on, with its query and without its language; or else the sign-up page. */
function pageOfLink({ headers: { referer = "" } }: IncomingMessage): string {
  if (!URL.canParse(referer)) return SIGNUP;
  const { pathname, search } = new URL(referer);
  const [path, query] = splitUrl(pathname + search);
  const [first, below] = splitPath(path);
  const page = isLanguage(first) ? below : path;
  return PAGES.has(page) ? page + query : SIGNUP;
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(307, { location }).end();
}

/**
 * Tells caches what the language depends on. Next replaces the header, and has no setting for it, so
 * this completes it as the head is written.
 */
function addVary(response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response) as (...head: unknown[]) => ServerResponse;
  response.writeHead = (...head: unknown[]) => {
    response.appendHeader("vary", "Accept-Language, Cookie");
    return writeHead(...head);
  };
}

/** Pages are only read. */
function refuseMethod(response: ServerResponse): void {
  response.writeHead(405, { allow: "GET, HEAD" }).end();
}

/** The path with one slash at its start and none at its end, and the query with its question mark. */
function splitUrl(url: string): [path: string, query: string] {
  const [, path = "/", query = ""] = /^([^?]*)(.*)$/s.exec(url) ?? [];
  // A path that begins with two slashes would name a host.
  return [path.replace(/^\/+/, "/").replace(/(?<=.)\/+$/, ""), query];
}

/** The first folder of a path, and the path below it. */
function splitPath(path: string): [first: string, below: string] {
  const [, first = "", below = ""] = /^\/([^/]*)(.*)$/s.exec(path) ?? [];
  return [first, below];
}

/** The language of an earlier choice. */
function keptLanguage({ headers }: IncomingMessage): Language | undefined {
  return readCookies(headers.cookie, COOKIE).find(isLanguage);
}

/** The sign-up page's addresses for search engines: one per language, and one for all others. */
function linksTo(appUrl: string): string {
  const each = LANGUAGE_TAGS.map((tag) => [`${appUrl}/${tag}/signup`, tag] as const);
  return [...each, [`${appUrl}/signup`, "x-default"] as const]
    .map(([url, tag]) => `<${url}>; rel="alternate"; hreflang="${tag}"`)
    .join(", ");
}
