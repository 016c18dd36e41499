import type { Page, Route } from "playwright/test";
import { look } from "./look.ts";
import type { Stack } from "./stack.ts";
import { aPerson } from "#test/system/person.ts";
import { countUsers, expect, expectCheckInbox, fill, signUpOnPage, test } from "./test.ts";

// Pages stay open during a deploy, after which their scripts no longer exist.

// The browser complains about missing files.
test.use({ expected: /Failed to load resource|ChunkLoadError|Failed to load chunk/ });

const SCRIPTS = "**/_next/static/**";
const button = (page: Page, name: string) => page.getByRole("button", { name });
const unreachable = (route: Route) => route.abort();
const gone = (route: Route) => route.fulfill({ status: 404, body: "" });

/** Answers scripts with 404 until the page has been loaded `until` times. Returns a counter of loads. */
async function loseScripts(page: Page, until: number): Promise<() => number> {
  let loads = 0;
  page.on("request", (request) => (loads += request.isNavigationRequest() ? 1 : 0));
  await page.route(SCRIPTS, (route) => (loads < until ? gone(route) : route.fallback()));
  return () => loads;
}

/** Fills in and sends the form that is open, and waits for the page that follows. */
async function send(page: Page, person = aPerson()): Promise<void> {
  await fill(page, person);
  await button(page, "Sign up").click();
  await expectCheckInbox(page, person);
}

/** Statuses that caches may keep without an explicit lifetime (RFC 9110, 15.1). */
const KEPT_BY_GUESS = [200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501];

/** The seconds for which a shared cache may keep an answer. */
function keptFor({ status, headers }: Response): number {
  const control = headers.get("cache-control") ?? "";
  if (/no-cache|no-store|private/.test(control)) return 0;
  const age = /s-maxage=(\d+)/.exec(control)?.[1] ?? /max-age=(\d+)/.exec(control)?.[1];
  if (age !== undefined) return Number(age);
  return KEPT_BY_GUESS.includes(status) ? Infinity : 0;
}

test("caches keep any page for at most a minute, and scripts for good", async ({ stack }) => {
  const html = await (await fetch(`${stack.url}/signup`)).text();
  const script = /\/_next\/static\/[^"]+\.js/.exec(html)![0];
  const paths = [
    "/",
    "/signup",
    "/signup/",
    "/signup?x=1",
    "/signup/check-inbox",
    "/verify?token=x",
    "/nothing-here",
    "/_not-found",
    "/_global-error",
    "/%zz",
    "/icon.svg",
    "/favicon.ico",
    "/signup.rsc",
    "/signup.segments/_tree.segment.rsc",
    "/signup?_rsc=1abcd",
    "/_next/data/x/signup.json",
    "/_next/image?url=%2Ficon.svg&w=64&q=75",
    "/_next/static/gone.js",
    `${script}x`,
    "/api/health",
    "/api/ready",
    "/api/trpc/nothing",
  ];
  const payload = { rsc: "1", "next-router-prefetch": "1" };
  for (const path of paths) {
    const methods = path.startsWith("/api/") ? ["GET"] : ["GET", "HEAD", "POST", "OPTIONS"];
    for (const method of methods) {
      for (const headers of [
        {},
        payload,
        { ...payload, "next-router-segment-prefetch": "/_tree" },
      ]) {
        const answer = await fetch(stack.url + path, { method, headers, redirect: "manual" });
        await answer.arrayBuffer();
        const what = `${method} ${path} ${JSON.stringify(headers)}: ${answer.status}`;
        expect(keptFor(answer), what).toBeLessThanOrEqual(60);
      }
    }
  }
  const { headers } = await fetch(stack.url + script);
  expect(headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
});

test("an untouched form reloads itself", async ({ page, stack }) => {
  await page.goto(`${stack.url}/signup`);
  await expect(button(page, "Sign up")).toBeEnabled();
  await loseScripts(page, 1);
  const loaded = page.waitForEvent("load");
  await page.getByLabel("Username").focus();
  await loaded;
  await send(page);
});

test("a filled-in form says that the page must be reloaded, and offers it", async ({
  page,
  stack,
}) => {
  await page.goto(`${stack.url}/signup`);
  await page.reload();
  await loseScripts(page, 1);
  const person = aPerson();
  await fill(page, person);
  await button(page, "Sign up").click();
  await expect(page.getByRole("alert").filter({ hasText: "older than our server" })).toBeFocused();
  await expect(page.getByLabel("Username")).toHaveValue(person.username);
  await look(page, "signup-outdated");
  expect(await countUsers(stack, person)).toBe(0);
  const loaded = page.waitForEvent("load");
  await button(page, "Load the page again").click();
  await loaded;
  await send(page, person);
});

test("a form whose scripts are unreachable says so, and works once they are back", async ({
  page,
  stack,
}) => {
  await page.goto(`${stack.url}/signup`);
  await page.route("**/*", unreachable);
  const person = aPerson();
  await fill(page, person);
  await button(page, "Sign up").click();
  await expect(page.getByText("We couldn't reach the server. Nothing was sent yet")).toBeVisible();
  await page.unroute("**/*", unreachable);
  await button(page, "Sign up").click();
  await expectCheckInbox(page, person);
});

for (const path of ["/signup", "/signup/check-inbox", "/verify?token=x", "/nothing-here"]) {
  test(`HTML of the old build reloads itself: ${path}`, async ({ page, stack }) => {
    const loads = await loseScripts(page, 2);
    await page.goto(stack.url + path);
    await expect.poll(loads).toBe(2);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.waitForLoadState("networkidle");
    await expect(page.getByText("A part of this page could not be loaded")).toBeHidden();
    expect(loads()).toBe(2);
  });

  test(`a page that stays incomplete says so once, and offers a reload: ${path}`, async ({
    page,
    stack,
  }) => {
    const loads = await loseScripts(page, 3);
    await page.goto(stack.url + path);
    await expect(page.getByText("A part of this page could not be loaded")).toBeVisible();
    expect(loads()).toBe(2);
    await page.getByRole("link", { name: "Load the page again" }).click();
    await expect(page.getByText("A part of this page could not be loaded")).toBeHidden();
  });
}

/** Signs up. After the answer, nothing that matches `pattern` can be loaded. */
async function signUpAndLose(page: Page, stack: Stack, pattern: string) {
  const person = aPerson();
  await page.route("**/api/trpc/createUser", async (route) => {
    const answer = await route.fetch();
    await page.route(pattern, (lost) => lost.abort());
    await route.fulfill({ response: answer });
  });
  await signUpOnPage(page, stack, person);
  await expect(page.getByRole("heading", { name: "Check your inbox" })).toBeVisible();
  await expect(page.getByText("couldn't reach the server")).toBeHidden();
  return person;
}

test.describe("after the sign-up", () => {
  test("says so and offers a reload if the next page's scripts are lost", async ({
    page,
    stack,
  }) => {
    const person = await signUpAndLose(page, stack, SCRIPTS);
    await expect(page.getByText("your mail comes all the same")).toBeVisible();
    await page.unroute(SCRIPTS);
    await page.getByRole("link", { name: "Load the page again" }).click();
    await expectCheckInbox(page, person);
  });

  test("says that the sign-up succeeded and offers a retry if the next page is lost", async ({
    page,
    stack,
  }) => {
    const person = await signUpAndLose(page, stack, "**/signup/check-inbox*");
    await expect(page.getByText(person.email)).toBeVisible();
    await look(page, "signup-next-lost");
    await page.unroute("**/signup/check-inbox*");
    await page.getByRole("link", { name: "Try it again" }).click();
    await expectCheckInbox(page, person);
  });

  test("shows an empty form if the user goes back", async ({ page, stack }) => {
    const first = aPerson();
    await signUpOnPage(page, stack, first);
    await expectCheckInbox(page, first);
    await expect(page).toHaveURL(`${stack.url}/signup/check-inbox`);
    await page.goBack();
    await expect(button(page, "Sign up")).toBeEnabled();
    await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
    await send(page);
  });
});

test("an old page asks for a reload if its procedure no longer exists", async ({ page, stack }) => {
  await page.route("**/api/trpc/createUser", (route) =>
    route.continue({ url: `${stack.url}/api/trpc/createUserOfOldTimes` }),
  );
  await signUpOnPage(page, stack, aPerson());
  await expect(page.getByText("older than our server. Nothing was done")).toBeVisible();
  await expect(button(page, "Load the page again")).toBeVisible();
});
