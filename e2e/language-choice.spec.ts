import { PAGE_TEXTS } from "#src/texts/page-texts.ts";
import { FIELD_TEXTS } from "#src/texts/field-texts.ts";
import { MAIL_TEXTS } from "#src/texts/mail-texts.ts";
import { REFUSAL_TEXTS } from "#src/texts/refusal-texts.ts";
import { aPerson } from "#test/system/person.ts";
import { expect, fillIn, heading, test } from "./language.ts";

test.describe("the choice of a language", () => {
  test.use({ locale: "de-AT" });

  test("wins over the browser's, is remembered, and loses nothing typed", async ({
    page,
    stack,
  }) => {
    await page.goto(`${stack.url}/signup?state=xyz`);
    await expect(heading(page, PAGE_TEXTS.de.signUp.title)).toBeVisible();
    const { password: _, ...typed } = aPerson();
    await fillIn(page, "de", typed);
    await page.getByRole("link", { name: "日本語" }).click();
    await expect(page).toHaveURL(`${stack.url}/ja/signup?state=xyz`);
    await expect(heading(page, PAGE_TEXTS.ja.signUp.title)).toBeVisible();
    for (const [name, value] of Object.entries(typed)) {
      const label = PAGE_TEXTS.ja.signUp[name as keyof typeof typed];
      await expect(page.getByLabel(label, { exact: true })).toHaveValue(value);
    }
    await page.goto(`${stack.url}/signup`);
    await expect(heading(page, PAGE_TEXTS.ja.signUp.title)).toBeVisible();
  });

  test("works without JavaScript, and keeps what the application gave", async ({
    browser,
    stack,
  }) => {
    const context = await browser.newContext({ javaScriptEnabled: false, locale: "de" });
    const page = await context.newPage();
    await page.goto(`${stack.url}/signup?state=xyz`);
    await page.getByRole("link", { name: "Español" }).click();
    await expect(page).toHaveURL(`${stack.url}/es/signup?state=xyz`);
    await expect(heading(page, PAGE_TEXTS.es.signUp.title)).toBeVisible();
    // Playwright reads no text inside a noscript.
    await expect(page.locator("noscript > p.notice")).toBeVisible();
    await context.close();
  });
});

test("caches tell languages apart, and search engines hear of each", async ({ stack }) => {
  const open = (path: string) =>
    fetch(stack.url + path, { headers: { "accept-language": "de" }, redirect: "manual" });
  const chosenByBrowser = await open("/signup");
  expect(chosenByBrowser.headers.get("vary")).toMatch(/Accept-Language, Cookie/);
  expect(chosenByBrowser.headers.get("content-language")).toBe("de");
  expect(chosenByBrowser.headers.get("link")).toContain('hreflang="ja"');
  const chosenByAddress = await open("/fr/signup");
  expect(chosenByAddress.headers.get("vary")).not.toMatch(/Accept-Language|Cookie/);
  expect(chosenByAddress.headers.get("content-language")).toBe("fr");
  for (const [path, there] of [
    ["/fr?state=x", "/fr/signup?state=x"],
    ["/", "/signup"],
    ["/PT-br/verify?token=x", "/pt-BR/verify?token=x"],
    ["/de-AT/signup", "/de/signup"],
  ]) {
    const answer = await open(path!);
    expect(`${answer.status} ${answer.headers.get("location")}`).toBe(`307 ${there}`);
  }
  const strange = await open("//evil.example/signup");
  expect(strange.status).toBe(404);
  expect(await strange.text()).toContain(PAGE_TEXTS.de.notFound.title);
});

test("an API's client is answered in the language that it accepts", async ({ stack }) => {
  const ask = (input: object, language: string) =>
    fetch(`${stack.url}/api/trpc/createUser`, {
      method: "POST",
      headers: { "content-type": "application/json", "accept-language": language },
      body: JSON.stringify(input),
    });
  const wrong = await ask({ username: "Ä" }, "fr-CA, en;q=0.5");
  const { error } = (await wrong.json()) as { error: { message: string; data: object } };
  expect(error.message).toBe(REFUSAL_TEXTS.fr.fields_invalid);
  expect(error.data).toMatchObject({
    reason: "fields_invalid",
    fieldErrors: { username: [FIELD_TEXTS.fr.username_length("")] },
    fieldReasons: { username: ["username_length"], email: ["email_missing"] },
  });
  // The mail's language may differ from the answer's.
  const person = aPerson();
  const requestId = crypto.randomUUID();
  expect((await ask({ ...person, requestId, language: "pt-PT" }, "en")).status).toBe(200);
  const [mail] = await stack.mails(person.email);
  expect(mail!.subject).toContain(MAIL_TEXTS["pt-BR"].verification.subject);
  const bad = await ask({ ...aPerson(), requestId, language: "pt_BR!" }, "en");
  expect(await bad.json()).toMatchObject({
    error: { data: { fieldReasons: { language: ["language_invalid"] } } },
  });
});
