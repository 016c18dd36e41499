import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { waitFor } from "#test/servers/wait-for.ts";
import type { Stack } from "./stack.ts";
import { aPerson } from "#test/system/person.ts";
import { countUsers, expect, expectCheckInbox, signUpOnPage, test } from "./test.ts";

const signUpBy = (stack: Stack, headers: Record<string, string>, person = aPerson()) =>
  fetch(`${stack.url}/api/trpc/createUser`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ requestId: randomUUID(), ...person }),
  });

test.describe("an injected script", () => {
  // The browser complains about the missing page.
  test.use({ expected: /Content Security Policy|404/ });

  for (const page of ["/signup", "/signup/check-inbox", "/verify", "/nothing-here"]) {
    test(`does not run on ${page}`, async ({ page: tab, stack }) => {
      // Added to the finished HTML, after React and Next.
      await tab.route(`**${page}`, async (route) => {
        const answer = await route.fetch();
        const smuggled = `<script>window.smuggled = "script"</script>
          <img src="data:," onerror="window.smuggled = 'handler'">`;
        const body = (await answer.text()).replace("</body>", `${smuggled}</body>`);
        await route.fulfill({ response: answer, body });
      });
      await tab.goto(stack.url + page);
      await expect(tab.getByRole("heading", { level: 1 })).toBeVisible();
      const foreign = tab.evaluate(() => {
        const script = document.createElement("script");
        script.src = "https://evil.example/x.js";
        return new Promise((resolve) => {
          script.addEventListener("load", () => resolve("loaded"));
          script.addEventListener("error", () => resolve("refused"));
          document.body.append(script);
        });
      });
      expect(await foreign).toBe("refused");
      expect(await tab.evaluate("window.smuggled")).toBeUndefined();
    });
  }
});

test("an address that looks like markup is shown as typed", async ({ page, stack }) => {
  const { username } = aPerson();
  // As HTML it would begin with "<b", without a semicolon.
  const person = aPerson({ username, email: `&ltb&gt${username}@example.com` });
  await signUpOnPage(page, stack, person);
  await expectCheckInbox(page, person);
});

test("every answer carries the security headers", async ({ stack }) => {
  const types = {
    "/signup": "text/html; charset=utf-8",
    "/verify?token=x": "text/html; charset=utf-8",
    "/nothing-here": "text/html; charset=utf-8",
    "/icon": "image/svg+xml",
    "/favicon.ico": "image/svg+xml",
    "/api/trpc/nothing": "application/json",
    "/api/health": "application/json",
  };
  for (const [path, type] of Object.entries(types)) {
    const { headers } = await fetch(stack.url + path);
    expect(headers.get("content-type"), path).toBe(type);
    const policy = headers.get("content-security-policy");
    expect(policy, path).toMatch(/^default-src 'none'; /);
    expect(policy, path).toContain("frame-ancestors 'none'");
    expect(policy!.length, path).toBeLessThan(1200);
    expect(policy, path).not.toMatch(/unsafe|\*/);
    expect(Object.fromEntries(headers), path).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "permissions-policy": expect.stringContaining("camera=()"),
    });
    expect(headers.has("strict-transport-security"), path).toBe(false);
    expect(headers.has("x-powered-by"), path).toBe(false);
  }
});

test("with https, the cookie is bound to this host, and HSTS is set", async ({ newStack }) => {
  const stack = await newStack({ env: { APP_URL: "https://enlist.example" } });
  const answer = await signUpBy(stack, {});
  expect(answer.status).toBe(200);
  expect(answer.headers.get("set-cookie")).toMatch(/^__Host-enlist_signup=.*; Secure$/);
  expect(answer.headers.get("strict-transport-security")).toBe(
    "max-age=31536000; includeSubDomains",
  );
});

test("a CORS preflight is granted nothing", async ({ stack }) => {
  const headers = {
    origin: "https://elsewhere.example",
    "access-control-request-method": "POST",
    "access-control-request-headers": "content-type",
  };
  const answer = await fetch(`${stack.url}/api/trpc/createUser`, { method: "OPTIONS", headers });
  expect(answer.status).toBe(204);
  expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual(
    [],
  );
});

test("another site's page cannot sign anyone up", async ({ page, stack }) => {
  const person = aPerson();
  const sent: Record<string, string>[] = [
    { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
    { origin: "https://evil.example" },
    { origin: "null" },
  ];
  for (const headers of sent) {
    const answer = await signUpBy(stack, headers, person);
    expect(answer.status).toBe(403);
    expect((await answer.json()).error.data.code).toBe("FORBIDDEN");
    // Once this line is logged, so are all earlier ones, which can then be counted.
    await stack.web.program.said(new RegExp(`"${answer.headers.get("x-request-id")}".*"request"`));
  }
  expect(await countUsers(stack, person)).toBe(0);
  // A real page of another origin, with the headers that this browser sends.
  const evil = createServer((_, response) => response.end("Win a prize"));
  await new Promise<void>((resolve) => evil.listen(0, "127.0.0.1", resolve));
  await page.goto(`http://127.0.0.1:${(evil.address() as AddressInfo).port}/`);
  const requests = () => stack.web.program.output().split('"path":"/api/trpc/createUser"').length;
  const before = requests();
  await page.evaluate(
    ([url, body]) =>
      // Such a request has no preflight, and its answer cannot be read.
      fetch(url, { method: "POST", mode: "no-cors", credentials: "include", body }).catch(() => {}),
    [
      `${stack.url}/api/trpc/createUser`,
      JSON.stringify({ requestId: randomUUID(), ...person }),
    ] as const,
  );
  // The browser drops an answer that may not be read.
  await waitFor("the request", () => requests() === before + 1);
  evil.close();
  expect(await countUsers(stack, person)).toBe(0);
});
