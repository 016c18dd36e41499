import type { BrowserContext, Page, Request } from "playwright/test";
import type { Stack } from "./stack.ts";
import { aPerson } from "#test/system/person.ts";
import { codeOf, confirm, expect, linkFor, signedUp, test } from "./test.ts";

// Over HTTP/1.1, which web speaks, a browser has six connections to a host, for all of its tabs. Headless
// pages are all in front, as windows side by side are.

const heading = (page: Page, name: string) => page.getByRole("heading", { name });

/** Opens this many waiting pages, and expects each to load. */
async function openMany(context: BrowserContext, stack: Stack, count: number): Promise<Page[]> {
  const pages: Page[] = [];
  for (let i = 0; i < count; i++) {
    const page = await context.newPage();
    await page.goto(`${stack.url}/signup/check-inbox`);
    await expect(page.locator(".steps")).toBeVisible();
    pages.push(page);
  }
  return pages;
}

/** The open streams of all pages, kept up to date. */
function countStreams(context: BrowserContext): Set<Request> {
  const open = new Set<Request>();
  context.on("request", (request) => {
    if (request.url().includes("/signupStatus")) open.add(request);
  });
  context.on("requestfinished", (request) => open.delete(request));
  context.on("requestfailed", (request) => open.delete(request));
  return open;
}

test("one of eight tabs holds the stream for all, and the first confirms by code", async ({
  page,
  context,
  stack,
}) => {
  const streams = countStreams(context);
  const person = await signedUp(page, stack);
  const others = await openMany(context, stack, 7);
  await expect.poll(() => streams.size).toBe(1);
  const [mail] = await stack.mails(person.email);
  await page.getByLabel("Code from the mail").fill(codeOf(mail!.text));
  for (const each of [page, ...others]) {
    await expect(heading(each, "You are verified")).toBeVisible();
  }
  await expect.poll(() => streams.size).toBe(0);
});

test("another tab takes over if the one with the stream is closed", async ({
  page,
  context,
  newStack,
}) => {
  const stack = await newStack();
  await stack.worker.program.stop();
  const streams = countStreams(context);
  const person = await signedUp(page, stack);
  const others = await openMany(context, stack, 3);
  for (const each of [page, ...others]) await expect(each.getByText("Mail queued")).toBeVisible();
  await others.pop()!.close();
  await expect.poll(() => streams.size).toBe(1);
  await stack.addWorker();
  for (const each of [page, ...others]) {
    await expect(each.getByText("Mail handed over for delivery")).toBeVisible();
  }
  await others[0]!.goto(await linkFor(stack, person));
  await confirm(others[0]!);
  for (const each of [page, ...others.slice(1)]) {
    await expect(heading(each, "You are verified")).toBeVisible();
  }
});

test("all tabs say that the connection is lost, and that it is back", async ({
  page,
  context,
  newStack,
}) => {
  const stack = await newStack();
  await signedUp(page, stack);
  const pages = [page, ...(await openMany(context, stack, 2))];
  await stack.web.program.stop();
  for (const each of pages) await expect(each.getByText("The connection is lost.")).toBeVisible();
  await stack.web.start();
  for (const each of pages) await expect(each.getByText("The connection is lost.")).toBeHidden();
});

/** Simulates that a page is in front, or is not. */
function show(page: Page, state: "visible" | "hidden"): Promise<void> {
  return page.evaluate((value) => {
    Object.defineProperty(document, "visibilityState", { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}

test.describe("without locks, as on a page without https", () => {
  test("a hidden page closes its stream, and is up to date once visible", async ({
    page,
    context,
    newStack,
  }) => {
    const stack = await newStack();
    await stack.worker.program.stop();
    await context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, "locks"));
    const streams = countStreams(context);
    const person = await signedUp(page, stack, aPerson());
    await expect(page.getByText("Mail queued")).toBeVisible();
    await show(page, "hidden");
    await expect.poll(() => streams.size).toBe(0);
    await stack.addWorker();
    await stack.mails(person.email);
    await show(page, "visible");
    await expect(page.getByText("Mail handed over for delivery")).toBeVisible();
    await expect.poll(() => streams.size).toBe(1);
  });
});
