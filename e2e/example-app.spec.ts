import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright/test";
import { Webhook } from "standardwebhooks";
import { exampleSettings, startExampleApp, type ExampleApp } from "#test/servers/example-app.ts";
import { ROOT } from "#test/servers/folder.ts";
import { freePort } from "#test/servers/ports.ts";
import { waitFor } from "#test/servers/wait-for.ts";
import { PAGE_TEXTS } from "#src/texts/page-texts.ts";
import { fromSources } from "#test/system/command.ts";
import { aPerson, type Person } from "#test/system/person.ts";
import { fillIn } from "./language.ts";
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

const test = base.extend<object, { port: number; app: ExampleApp }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names out of the pattern
  port: [async ({}, use) => use(await freePort()), { scope: "worker" }],
  stack: [
    async ({ port }, use) => {
      const stack = await startStack({ env: exampleSettings(port) });
      await use(stack);
      await stack.stop();
    },
    { scope: "worker", timeout: 300_000 },
  ],
  app: [
    async ({ stack, port }, use) => {
      const databaseUrl = await asRole(stack);
      const app = await startExampleApp({ port, databaseUrl, enlistUrl: stack.url });
      await use(app);
      await app.program.stop();
    },
    { scope: "worker" },
  ],
});

// A page that says why it shows the form is a 400 or a 401.
test.use({ viewport: { width: 390, height: 780 }, expected: /status of 40[01]/ });

/** The database as the role that the example's README makes, here by another name. */
async function asRole(stack: Stack): Promise<string> {
  const readme = readFileSync(join(ROOT, "examples/app/README.md"), "utf8");
  const url = new URL(stack.databaseUrl);
  url.username = `app_${randomUUID().slice(0, 8)}`;
  const statements = /```sql\n(.+?)```/s.exec(readme)![1]!;
  await stack.sql(
    statements
      .replaceAll(/\b(role|to) app\b/g, `$1 ${url.username}`)
      .replace("database enlist", `database ${url.pathname.slice(1)}`),
  );
  return url.href;
}

test("the example speaks the person's language, before and after the sign-up", async ({
  browser,
  stack,
  app,
}) => {
  const context = await browser.newContext({ locale: "ar" });
  const page = await context.newPage();
  await page.goto(app.url);
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await look(page, "example-ar");
  await page.getByRole("link", { name: "التسجيل" }).click();
  await expect(page).toHaveURL(/\/ar\/signup\?/);
  // The person prefers another language there, which the example then follows.
  await page.getByRole("link", { name: "Français" }).click();
  const person = aPerson();
  const { signUp, verify, verified } = PAGE_TEXTS.fr;
  await fillIn(page, "fr", person);
  await page.getByRole("button", { name: signUp.submit, exact: true }).click();
  await expect(page.getByText(PAGE_TEXTS.fr.steps.sent)).toBeVisible();
  await page.goto(await linkFor(stack, person));
  await page.getByRole("button", { name: verify.submit, exact: true }).click();
  await page.getByRole("link", { name: verified.continueTo("the example") }).click();
  await expect(page.getByRole("heading", { name: `Bienvenue, ${person.fullName}` })).toBeVisible();
  await look(page, "example-welcome-fr");
  await context.close();
});

const welcome = (page: Page, { fullName }: Person) =>
  page.getByRole("heading", { name: `Welcome, ${fullName}` });
const continueTo = (page: Page) => page.getByRole("link", { name: "Continue to the example" });
const why = (page: Page) => page.getByRole("alert");

/** Goes from the example to Enlist, signs up there, and gives the link in the mail. */
async function signUpFrom(page: Page, stack: Stack, app: ExampleApp, person = aPerson()) {
  await page.goto(app.url);
  await page.getByRole("link", { name: "Sign up" }).click();
  await fill(page, person);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expectCheckInbox(page, person);
  return { person, link: await linkFor(stack, person) };
}

async function signUpAndReturn(page: Page, stack: Stack, app: ExampleApp) {
  const { person, link } = await signUpFrom(page, stack, app);
  await page.goto(link);
  await confirm(page);
  const arriving = page.waitForRequest((request) => request.url().includes("/welcome?"));
  await continueTo(page).click();
  const address = new URL((await arriving).url());
  await expect(welcome(page, person)).toBeVisible();
  return { person, address };
}

async function signIn(page: Page, login: string, password: string): Promise<void> {
  await page.getByLabel("Username or e-mail address").fill(login);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function device(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage();
}

/** Waits until the example has taken this person's event. */
const heard = (stack: Stack, { username }: Person) =>
  waitFor("the event", async () => {
    const [job] = await stack.sql(
      `select outcome from tx_jobs where name = 'user.verified' and outcome is not null
       and payload->>'userId' = (select id::text from users where username = $1)`,
      [username],
    );
    return job?.outcome as string | undefined;
  });

const usersHere = (stack: Stack, { username }: Person) =>
  stack.sql(
    `select u.id, password from app."user" u join app.account a on a."userId" = u.id where username = $1`,
    [username],
  );

test("a sign-up ends signed in at the application, and its password signs in again", async ({
  page,
  stack,
  app,
}) => {
  const person = aPerson({ fullName: "Ada O'Lovelace", password: "Käse-lantern-42 ﬁn" });
  await page.goto(app.url);
  await look(page, "example-front");
  const { link } = await signUpFrom(page, stack, app, person);
  await page.goto(link);
  await confirm(page);
  await expectVerified(page, stack, person);
  await continueTo(page).click();
  await expect(welcome(page, person)).toBeVisible();
  expect(page.url()).toBe(`${app.url}/`);
  await look(page, "example-home");
  expect(await heard(stack, person)).toBe("done");

  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("link", { name: "Sign in" }).click();
  await look(page, "example-sign-in");
  await signIn(page, person.username, "another-otter-lantern");
  await expect(why(page)).toHaveText(/is wrong/);
  await expect(page.getByLabel("Username or e-mail address")).toHaveValue(person.username);
  // Another device composes its accents another way.
  await signIn(page, person.username, person.password.normalize("NFD"));
  await expect(welcome(page, person)).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("link", { name: "Sign in" }).click();
  await signIn(page, ` ${person.email.toUpperCase()}`, person.password);
  await expect(welcome(page, person)).toBeVisible();
});

test("someone without username and name is known by the address", async ({ page, stack, app }) => {
  const person = aPerson();
  await page.goto(app.url);
  const { link } = await signUpFrom(page, stack, app, person);
  await page.goto(link);
  // As with USERNAMES=off and FULL_NAMES=off.
  await stack.sql("update users set username = null, full_name = null where email = $1", [
    person.email,
  ]);
  await confirm(page);
  await continueTo(page).click();
  const nameless = { ...person, fullName: person.email };
  await expect(welcome(page, nameless)).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("link", { name: "Sign in" }).click();
  await signIn(page, person.email, "another-otter-lantern");
  await expect(why(page)).toHaveText(/is wrong/);
  await signIn(page, person.email, person.password);
  await expect(welcome(page, nameless)).toBeVisible();
});

test("someone who returns before the event is welcome too, and is one user", async ({
  page,
  stack,
  app,
}) => {
  const { person, link } = await signUpFrom(page, stack, app);
  stack.worker.program.signal("SIGSTOP");
  try {
    await page.goto(link);
    await confirm(page);
    await continueTo(page).click();
    await expect(welcome(page, person)).toBeVisible();
  } finally {
    stack.worker.program.signal("SIGCONT");
  }
  expect(await heard(stack, person)).toBe("done");
  expect(await usersHere(stack, person)).toHaveLength(1);
});

test("another device is led to the form, where the password signs in", async ({
  page,
  browser,
  stack,
  app,
}) => {
  const { person, link } = await signUpFrom(page, stack, app);
  const other = await device(browser);
  await other.goto(link);
  await other.getByLabel("The password you chose").fill(person.password);
  await confirm(other);
  const arriving = other.waitForRequest((request) => request.url().includes("/welcome?"));
  await continueTo(other).click();
  expect(new URL((await arriving).url()).searchParams.get("code")).toBeTruthy();
  await expect(why(other)).toHaveText(/did not begin in this browser/);
  await look(other, "example-elsewhere");
  await signIn(other, person.username, person.password);
  await expect(welcome(other, person)).toBeVisible();
  await other.context().close();
});

test("the link alone gives no session, but the event makes an account", async ({
  page,
  browser,
  stack,
  app,
}) => {
  const { person, link } = await signUpFrom(page, stack, app);
  await page.goto(link);
  await confirm(page);
  await expectVerified(page, stack, person);
  expect(await heard(stack, person)).toBe("done");
  const other = await device(browser);
  await other.goto(link);
  await continueTo(other).click();
  await expect(why(other)).toHaveText(/is ready/);
  await other.goto(app.url);
  await expect(other.getByRole("link", { name: "Sign up" })).toBeVisible();
  await other.context().close();
  await page.goto(`${app.url}/sign-in`);
  await signIn(page, person.email, person.password);
  await expect(welcome(page, person)).toBeVisible();
});

test("a wrong state leads to the form, and the code stays good for the right one", async ({
  page,
  stack,
  app,
}) => {
  const { person, link } = await signUpFrom(page, stack, app);
  await page.goto(link);
  await confirm(page);
  await expect(continueTo(page)).toBeVisible();
  // What a stranger would do who wants this browser in another account.
  await page.route(
    "**/welcome?*",
    (route) => {
      const url = new URL(route.request().url());
      url.searchParams.set("state", "x".repeat(43));
      return route.fulfill({ status: 302, headers: { location: url.href } });
    },
    { times: 1 },
  );
  await continueTo(page).click();
  await expect(why(page)).toHaveText(/did not begin in this browser/);
  const given = new URL(page.url());
  const [cookie] = (await page.context().cookies(app.url)).filter(
    ({ name }) => name === "signup_state",
  );
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax" });
  for (const state of ["", cookie!.value.slice(1), `${cookie!.value}é`]) {
    given.searchParams.set("state", state);
    await page.goto(given.href);
    await expect(why(page)).toHaveText(/did not begin in this browser/);
  }
  given.searchParams.set("state", cookie!.value);
  await page.goto(given.href);
  await expect(welcome(page, person)).toBeVisible();
});

test("a code works once", async ({ page, stack, app }) => {
  const { person, address } = await signUpAndReturn(page, stack, app);
  await page.goto(address.href);
  await expect(welcome(page, person)).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("link", { name: "Sign up" })).toBeVisible();
  const value = address.searchParams.get("state")!;
  await page.context().addCookies([{ name: "signup_state", value, url: app.url }]);
  await page.goto(address.href);
  await expect(why(page)).toHaveText(/works once/);
});

test("a deletion at Enlist ends the session and removes the user", async ({ page, stack, app }) => {
  const { person } = await signUpAndReturn(page, stack, app);
  expect(await usersHere(stack, person)).toHaveLength(1);
  remove(stack, person);
  await expect(async () => {
    await page.goto(app.url);
    await expect(page.getByRole("link", { name: "Sign up" })).toBeVisible({ timeout: 500 });
  }).toPass();
  expect(await usersHere(stack, person)).toEqual([]);
  await page.goto(`${app.url}/sign-in`);
  await signIn(page, person.username, person.password);
  await expect(why(page)).toHaveText(/is wrong/);
});

/** What an operator does: npm run user -- delete. */
function remove({ databaseUrl, redisUrl }: Stack, { username }: Person): void {
  const { status, stderr } = spawnSync(
    process.execPath,
    [...fromSources("user"), "delete", username, "--yes"],
    {
      cwd: ROOT,
      encoding: "utf8",
      env: {
        ...process.env,
        ...exampleSettings(1),
        ...{ DATABASE_URL: databaseUrl, REDIS_URL: redisUrl },
      },
    },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
}

test.describe("an event", () => {
  const webhook = new Webhook(exampleSettings(1).WEBHOOK_SECRET);
  const send = async (app: ExampleApp, type: string, id: string, at = new Date()) => {
    const body = JSON.stringify({ type, timestamp: at.toISOString(), data: { user: { id } } });
    const answer = await fetch(`${app.url}/webhooks/enlist`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
        "webhook-signature": webhook.sign(id, at, body),
      },
      body,
    });
    return answer.status;
  };

  test("may come twice, late or early, and what was changed here stays", async ({
    page,
    stack,
    app,
  }) => {
    const { person } = await signUpAndReturn(page, stack, app);
    await heard(stack, person);
    const [before] = await usersHere(stack, person);
    const { id } = before;
    await stack.sql(`update app.account set password = 'changed' where "userId" = $1`, [id]);
    expect(await send(app, "user.verified", id)).toBe(204);
    // It says what happened; the table says what is.
    expect(await send(app, "user.deleted", id)).toBe(409);
    expect(await usersHere(stack, person)).toEqual([{ id, password: "changed" }]);

    await stack.sql("delete from users where id = $1", [id]);
    expect(await send(app, "user.verified", id)).toBe(409);
    expect(await send(app, "user.deleted", id)).toBe(204);
    expect(await send(app, "user.deleted", id)).toBe(204);
    expect(await usersHere(stack, person)).toEqual([]);
    expect(await send(app, "user.renamed", id)).toBe(204);
  });

  test("of an unverified claim adds nobody", async ({ page, stack, app }) => {
    const { person } = await signUpFrom(page, stack, app);
    const [{ id }] = await stack.sql("select id from users where username = $1", [person.username]);
    expect(await send(app, "user.verified", id)).toBe(409);
    expect(await usersHere(stack, person)).toEqual([]);
  });

  test("waits while a deleted user still has its address", async ({ page, stack, app }) => {
    const { person } = await signUpAndReturn(page, stack, app);
    const [{ id: former }] = await usersHere(stack, person);
    const id = randomUUID();
    const [{ row }] = await stack.sql(
      "delete from users where id = $1 returning to_jsonb(users) as row",
      [former],
    );
    await stack.sql("insert into users select * from jsonb_populate_record(null::users, $1)", [
      { ...row, id },
    ]);
    expect(await send(app, "user.verified", id)).toBe(409);
    expect(await send(app, "user.deleted", former)).toBe(204);
    expect(await send(app, "user.verified", id)).toBe(204);
    expect(await usersHere(stack, person)).toMatchObject([{ id }]);
  });

  test("is refused if it is old, forged or no event", async ({ app }) => {
    const hour = 60 * 60 * 1000;
    expect(await send(app, "user.deleted", randomUUID(), new Date(Date.now() - hour))).toBe(401);
    const forged = { "webhook-id": "1", "webhook-timestamp": "x", "webhook-signature": "v1,x" };
    for (const signature of [undefined, forged]) {
      for (const body of ["", "{}", "x".repeat(60_000)]) {
        const headers = { "content-type": "application/json", ...signature };
        const init = { method: "POST", headers, body };
        expect((await fetch(`${app.url}/webhooks/enlist`, init)).status).toBe(401);
      }
    }
  });
});

test("a mistaken or hostile request gets a 4xx", async ({ app }) => {
  const form = "application/x-www-form-urlencoded";
  const post = (body: string, type = form, headers = {}) => ({
    method: "POST",
    headers: { "content-type": type, origin: app.url, ...headers },
    body,
  });
  const wanted: [number, string, RequestInit?][] = [
    [404, "/nothing"],
    [404, "/%"],
    [404, "/sign-out"],
    [404, "/api/auth/sign-up/email", post("{}", "application/json")],
    [400, "/welcome?code=x&state="],
    [400, "/welcome?code=x&state=%ff"],
    [400, "/welcome?code=x&state=x", { headers: { cookie: "signup_state=%" } }],
    [400, `/welcome?code=${"x".repeat(5000)}&state=x`, { headers: { cookie: "signup_state=x" } }],
    [400, "/welcome?code=%00&state=%00", { headers: { cookie: "signup_state=%00" } }],
    [401, "/sign-in", post("")],
    [401, "/sign-in", post("login=a&login=b&password=%00")],
    [401, "/sign-in", post("login=a%00b%ff&password=c")],
    [401, "/sign-in", post("login=%F0%9F%98%80@%F0%9F%98%80&password=c")],
    [401, "/sign-in", post(`login=${"a".repeat(60_000)}&password=c`)],
    [401, "/sign-in", post(`login=ada&password=${"a".repeat(60_000)}`)],
    [401, "/sign-in", post("--x", "multipart/form-data; boundary=y")],
    [401, "/sign-in", post("{", "application/json")],
    [413, "/sign-in", post("a".repeat(70_000))],
    [403, "/sign-in", post("login=a&password=b", form, { origin: "https://evil.example" })],
    [403, "/sign-out", post("", form, { origin: "https://evil.example" })],
    [413, "/webhooks/enlist", post("a".repeat(70_000), "application/json")],
  ];
  const got = await Promise.all(
    wanted.map(async ([, path, init]) => (await fetch(app.url + path, init)).status),
  );
  expect(got.map((status, n) => [status, wanted[n]![1].slice(0, 40), n])).toEqual(
    wanted.map(([status, path], n) => [status, path.slice(0, 40), n]),
  );
  // A stray cookie is nobody's session.
  for (const cookie of ["better-auth.session_token=%", "better-auth.session_token=a.b", ";=;"]) {
    const answer = await fetch(app.url, { headers: { cookie } });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain("Sign up");
  }
  expect(app.program.output()).not.toContain("Error");
});
