import type { Browser, BrowserContext, Page, Response } from "playwright/test";
import { createAnswerCheck, type AnswerCheck, type WireAnswer } from "#test/system/check-answer.ts";

/** All stacks run the same build, so one document is enough. */
let check: AnswerCheck | undefined;

/** Reads the OpenAPI document that the first stack serves. */
export async function learnDocument(url: string): Promise<void> {
  check ??= createAnswerCheck((await (await fetch(`${url}/api/openapi.json`)).json()) as object);
}

/**
 * Watches the API's answers to all pages that are opened from now on.
 * @returns a function that stops, and gives what differs from the OpenAPI document
 */
export function watchAnswers(browser: Browser): () => Promise<string[]> {
  const isChromium = browser.browserType().name() === "chromium";
  const found: Promise<string[]>[] = [];
  const watch = (context: BrowserContext) => {
    context.on("response", (response) => found.push(checkResponse(response)));
    if (!isChromium) return;
    context.on("page", (page) => watchEvents(page, (event) => found.push(checkEvent(event))));
  };
  browser.on("context", watch);
  return async () => {
    browser.off("context", watch);
    return (await Promise.all(found)).flat();
  };
}

async function checkResponse(response: Response): Promise<string[]> {
  const { pathname: path } = new URL(response.url());
  if (!path.startsWith("/api/")) return [];
  // An answer of the test's own has no server. Of a closed page nothing is known any more. Web gives
  // each answer an id; the application that people go on to has an API of its own.
  const address = await response.serverAddr().catch(() => null);
  const headers = await response.allHeaders().catch(() => null);
  if (!address || !headers?.["x-request-id"]) return [];
  const isStream = headers["content-type"]?.startsWith("text/event-stream");
  // A page that was left keeps no bodies.
  const body = isStream ? undefined : await response.text().catch(() => undefined);
  const method = response.request().method();
  return compare({
    method,
    path,
    status: response.status(),
    headers,
    ...(body === undefined ? {} : { body }),
  });
}

/** An event that a page got, by the DevTools protocol, which knows each before the stream's end. */
interface PageEvent {
  eventName: string;
  data: string;
}

function watchEvents(page: Page, onEvent: (event: PageEvent) => void): void {
  const attach = async () => {
    const session = await page.context().newCDPSession(page);
    session.on("Network.eventSourceMessageReceived", onEvent);
    await session.send("Network.enable");
  };
  attach().catch(() => {}); // The page was closed at once.
}

/** The one stream of events. */
const STREAM = {
  method: "GET",
  path: "/api/trpc/signupStatus",
  status: 200,
  headers: { "content-type": "text/event-stream", "x-request-id": "any" },
};

async function checkEvent({ eventName, data }: PageEvent): Promise<string[]> {
  const name = eventName === "message" ? "" : `event: ${eventName}\n`;
  return compare({ ...STREAM, body: `${name}data: ${data}\n\n` });
}

function compare(answer: WireAnswer): string[] {
  if (!check) throw new Error("no stack was started");
  const wrong = check(answer);
  const { method, path, status, body = "" } = answer;
  const where = `${method} ${path} ${status} ${body.slice(0, 500)}`;
  if (wrong !== "undescribed") return wrong.map((what) => `${what}: ${where}`);
  // An old page may ask for what the document no longer describes.
  return status === 404 || status === 405 ? [] : [`not described: ${where}`];
}
