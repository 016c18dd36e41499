import { startExampleApp, exampleSettings, type ExampleApp } from "#test/servers/example-app.ts";
import { freePort } from "#test/servers/ports.ts";
import { aPerson, type Person } from "#test/system/person.ts";
import type { Page } from "playwright/test";
import { look } from "./look.ts";
import { startStack, type Stack } from "./stack.ts";
import {
  confirm,
  expect,
  expectCheckInbox,
  expectVerified,
  fill,
  linkFor,
  test as base,
} from "./test.ts";

const test = base.extend<object, { app: ExampleApp; stack: Stack; port: number }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names out of the pattern
  port: [async ({}, use) => use(await freePort()), { scope: "worker" }],
  stack: [
    async ({ port }, use) => {
      const stack = await startStack({ env: exampleSettings(port) });
      await use(stack);
      await stack.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  app: [
    async ({ stack, port }, use) => {
      const app = await startExampleApp({
        port,
        databaseUrl: stack.databaseUrl,
        enlistUrl: stack.url,
      });
      await use(app);
      await app.program.stop();
    },
    { scope: "worker" },
  ],
});

const welcome = (page: Page, { fullName }: Person) =>
  page.getByRole("heading", { name: `Welcome, ${fullName}` });
const signInForm = (page: Page) => page.getByRole("heading", { name: "Sign in" });

test("smoke", async ({ page, stack, app }) => {
  const person = aPerson();
  await page.goto(app.url);
  await look(page, "example-front");
  await page.getByRole("link", { name: "Sign up" }).click();
  await fill(page, person);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expectCheckInbox(page, person);
  await page.goto(await linkFor(stack, person));
  await confirm(page);
  await expectVerified(page, stack, person);
  await page.getByRole("link", { name: "Continue to the example" }).click();
  await expect(welcome(page, person)).toBeVisible();
  await look(page, "example-home");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("link", { name: "Sign in" }).click();
  await expect(signInForm(page)).toBeVisible();
  await look(page, "example-sign-in");
  await page.getByLabel("Username or e-mail address").fill(person.email.toUpperCase());
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(welcome(page, person)).toBeVisible();
  console.log(app.program.output());
});
