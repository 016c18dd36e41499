import type { Page } from "playwright/test";
import { dirOf, LANGUAGE_TAGS, LANGUAGES, type Language } from "#src/shared/languages.ts";
import { FIELD_TEXTS } from "#src/texts/field-texts.ts";
import { MAIL_TEXTS } from "#src/texts/mail-texts.ts";
import { PAGE_TEXTS } from "#src/texts/page-texts.ts";
import { REFUSAL_TEXTS } from "#src/texts/refusal-texts.ts";
import { aPerson, type Person } from "#test/system/person.ts";
import { look } from "./look.ts";
import { codeOf, expect, isVerified, linkFor, test } from "./test.ts";

const heading = (page: Page, name: string) => page.getByRole("heading", { name, exact: true });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

async function fillIn(page: Page, language: Language, person: Partial<Person>): Promise<void> {
  const labels = PAGE_TEXTS[language].signUp;
  for (const [name, value] of Object.entries(person)) {
    await page.getByLabel(labels[name as keyof Person], { exact: true }).fill(value);
  }
}

for (const language of LANGUAGE_TAGS) {
  const texts = PAGE_TEXTS[language];

  test.describe(LANGUAGES[language].name, () => {
    // The browser asks for it, and no address names it.
    test.use({ locale: language });

    test("a sign-up, from the form to the verified account", async ({ page, stack }) => {
      const scripts: Promise<string>[] = [];
      page.on("response", (answer) => {
        if (answer.url().endsWith(".js")) scripts.push(answer.text().catch(() => ""));
      });
      await page.goto(`${stack.url}/signup`);
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await expect(page.locator("html")).toHaveAttribute("dir", dirOf(language));
      await expect(page).toHaveTitle(`${texts.signUp.tab} · Enlist`);
      await expect(heading(page, texts.signUp.title)).toBeVisible();

      await button(page, texts.signUp.submit).click();
      await expect(page.getByText(FIELD_TEXTS[language].username_missing(""))).toBeVisible();
      const person = aPerson();
      await fillIn(page, language, { ...person, email: "ada@gmial.com", password: "password1" });
      await expect(page.getByText(texts.signUp.usernameFree)).toBeVisible();
      await button(page, texts.signUp.submit).click();
      // The server refuses this one, in the language of the page.
      const guessable = REFUSAL_TEXTS[language].password_guessable as string;
      await expect(page.getByText(guessable)).toBeVisible();
      await look(page, `${language}-form`);

      await fillIn(page, language, person);
      await button(page, texts.signUp.submit).click();
      await expect(heading(page, texts.checkInbox.title)).toBeFocused();
      await expect(page.getByText(texts.steps.sent)).toBeVisible();
      await look(page, `${language}-inbox`);

      const [mail] = await stack.mails(person.email);
      expect(mail!.subject).toContain(MAIL_TEXTS[language].verification.subject);
      expect(mail!.html).toContain(`<html lang="${language}" dir="${dirOf(language)}">`);
      expect(codeOf(mail!.text)).toMatch(/^\d{4} \d{4}$/);
      const link = await linkFor(stack, person);
      expect(link).toContain(`/${language}/verify?`);

      await page.goto(link);
      await expect(button(page, texts.verify.submit)).toBeVisible();
      await look(page, `${language}-verify`);
      await button(page, texts.verify.submit).click();
      await expect(heading(page, texts.verified.title)).toBeVisible();
      expect(await isVerified(stack, person)).toBe(true);
      await look(page, `${language}-verified`);

      const shipped = (await Promise.all(scripts)).join("\n");
      for (const other of LANGUAGE_TAGS) {
        const { title } = PAGE_TEXTS[other].signUp;
        expect(`${other} ${shipped.includes(title)}`).toBe(`${other} ${other === language}`);
      }
    });
  });
}

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

  test("works without JavaScript", async ({ browser, stack }) => {
    const context = await browser.newContext({ javaScriptEnabled: false, locale: "de" });
    const page = await context.newPage();
    await page.goto(`${stack.url}/signup`);
    await page.getByRole("link", { name: "Español" }).click();
    await expect(heading(page, PAGE_TEXTS.es.signUp.title)).toBeVisible();
    // Playwright reads no text inside a noscript.
    await expect(page.locator("noscript > p.notice")).toBeVisible();
    await context.close();
  });
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
