import { dirOf, LANGUAGE_TAGS, LANGUAGES } from "#src/shared/languages.ts";
import { FIELD_TEXTS } from "#src/texts/field-texts.ts";
import { MAIL_TEXTS } from "#src/texts/mail-texts.ts";
import { PAGE_TEXTS } from "#src/texts/page-texts.ts";
import { REFUSAL_TEXTS } from "#src/texts/refusal-texts.ts";
import { aPerson } from "#test/system/person.ts";
import { look } from "./look.ts";
import { button, codeOf, expect, fillIn, heading, isVerified, linkFor, test } from "./language.ts";

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
