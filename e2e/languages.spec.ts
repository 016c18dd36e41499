import type { Page } from "playwright/test";
import { dirOf, LANGUAGE_TAGS, LANGUAGES } from "#src/shared/languages.ts";
import { FIELD_TEXTS } from "#src/texts/field-texts.ts";
import { MAIL_TEXTS } from "#src/texts/mail-texts.ts";
import { PAGE_TEXTS } from "#src/texts/page-texts.ts";
import { REFUSAL_TEXTS } from "#src/texts/refusal-texts.ts";
import type { SignupStatus } from "#src/shared/signup-status.ts";
import { aPerson } from "#test/system/person.ts";
import { invite } from "./invite.ts";
import { look } from "./look.ts";
import { button, codeOf, expect, fillIn, heading, isVerified, linkFor, test } from "./language.ts";

const STATUS = "**/api/trpc/signupStatus";
const CONNECTED = 'event: connected\ndata: {"reconnectAfterInactivityMs":40000}\n\n';
const SCRIPTS = "**/_next/static/**/*.js";

/** Opens the waiting page, whose stream tells this status. */
async function openWaiting(page: Page, url: string, status: Partial<SignupStatus>): Promise<void> {
  const { username, email } = aPerson();
  const now = { at: new Date().toISOString(), username, email, resendInMs: 60_000, ...status };
  await page.unroute(STATUS);
  // The stream ends with its event. A page that opens it again so soon does not call it lost.
  const body = `retry: 500\n${CONNECTED}data: ${JSON.stringify(now)}\n\n`;
  await page.route(STATUS, (route) => route.fulfill({ contentType: "text/event-stream", body }));
  await page.goto(`${url}/signup/check-inbox`);
}

for (const language of LANGUAGE_TAGS) {
  const texts = PAGE_TEXTS[language];

  test.describe(LANGUAGES[language].name, () => {
    // The browser asks for it, and no address names it.
    test.use({ locale: language, expected: /status of 40[04]/ });

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

    test("what else may happen on the way", async ({ page, browser, stack }) => {
      await page.goto(`${stack.url}/signup?return_to=https://evil.example`);
      await expect(heading(page, texts.refusedLink.title)).toBeVisible();
      await look(page, `${language}-refused-link`);
      await page.goto(`${stack.url}/nothing-here`);
      await expect(heading(page, texts.notFound.title)).toBeVisible();
      await look(page, `${language}-not-found`);
      await page.goto(`${stack.url}/signup/check-inbox`);
      await expect(heading(page, texts.checkInbox.goneTitle)).toBeVisible();
      await look(page, `${language}-no-sign-up`);

      const person = aPerson();
      await page.goto(`${stack.url}/signup`);
      await fillIn(page, language, person);
      await page.route("**/api/trpc/createUser", (route) => route.abort());
      await button(page, texts.signUp.submit).click();
      await expect(page.getByRole("alert").filter({ hasText: texts.unreachable })).toBeFocused();
      await look(page, `${language}-unreachable`);
      await page.unroute("**/api/trpc/createUser");
      await button(page, texts.signUp.submit).click();
      await expect(page.getByText(texts.steps.sent)).toBeVisible();
      await page.getByLabel(texts.checkInbox.code, { exact: true }).fill("0000 0000");
      await expect(page.locator("[aria-invalid]")).toBeVisible();
      await button(page, texts.checkInbox.correct).click();
      await expect(page.getByLabel(texts.checkInbox.correctLabel)).toBeFocused();
      await button(page, texts.checkInbox.correctSubmit).click();
      await expect(page.getByText(texts.checkInbox.sameAddress)).toBeVisible();
      await look(page, `${language}-correcting`);

      const context = await browser.newContext({ viewport: page.viewportSize(), locale: language });
      const other = await context.newPage();
      const link = await linkFor(stack, person);
      await other.goto(link);
      await other.getByLabel(texts.verify.password, { exact: true }).fill("not-my-password");
      await button(other, texts.verify.submit).click();
      await expect(other.getByText(REFUSAL_TEXTS[language].password_wrong as string)).toBeVisible();
      await look(other, `${language}-wrong-password`);
      await stack.sql("update email_verifications set expires_at = now() where email = $1", [
        person.email,
      ]);
      await button(other, texts.verify.submit).click();
      await expect(heading(other, texts.verify.deadTitle)).toBeFocused();
      await button(other, texts.verify.newLink).click();
      await expect(other.locator("p[role=alert]")).toBeVisible();
      await look(other, `${language}-expired`);

      await stack.sql(
        `with mail as (update email_verifications set sent_at = null where email = $1 returning id)
         update tx_jobs set outcome = 'failed', finished_at = now()
         where id in (select id from mail)`,
        [person.email],
      );
      await page.reload();
      await expect(heading(page, texts.checkInbox.refusedTitle)).toBeFocused();
      await look(page, `${language}-refused-mail`);

      await other.goto(link);
      await button(other, texts.verify.notMe).click();
      await expect(heading(other, texts.discard.title)).toBeFocused();
      await look(other, `${language}-not-me`);
      await button(other, texts.discard.submit).click();
      await expect(heading(other, texts.discard.doneTitle)).toBeFocused();
      await look(other, `${language}-discarded`);
      await context.close();
    });

    test("where the mail may be", async ({ page, stack }) => {
      const again = { attempt: 2, attempts: 10 };
      for (const [status, text] of [
        [{ stage: "queued" }, texts.steps.queued],
        [{ stage: "sending", ...again }, texts.steps.sendingAgain(2, 10)],
        [{ stage: "retrying", ...again, nextInMs: 60_000 }, texts.steps.retryingAgain(2, 10)],
        [{ stage: "unavailable" }, texts.steps.unavailable],
      ] as const) {
        await openWaiting(page, stack.url, status);
        await expect(page.getByText(text)).toBeVisible();
        await look(page, `${language}-${status.stage}`);
      }
      await page.unroute(STATUS);
      await page.route(STATUS, (route) => route.abort());
      await expect(page.getByText(texts.checkInbox.offline)).toBeVisible();
      await look(page, `${language}-lost`);

      const continueTo = { url: "http://localhost:1/", name: "3D Shop!" };
      await openWaiting(page, stack.url, { stage: "verified", continueTo });
      await expect(page.getByText(texts.verified.byItself, { exact: true })).toBeVisible();
      // A hidden page does not go on by itself.
      await page.evaluate(() => {
        Object.defineProperty(document, "visibilityState", { value: "hidden" });
      });
      await look(page, `${language}-continue`);
    });

    test.describe("what may break", () => {
      test.use({ expected: /status of 40[14]|NotFoundError|ChunkLoadError|Failed to load chunk/ });

      test("the page says it", async ({ page, stack }) => {
        await page.goto(`${stack.url}/signup/check-inbox?sent`);
        await expect(page.getByText(texts.checkInbox.unknown)).toBeVisible();
        await look(page, `${language}-no-cookie`);

        await openWaiting(page, stack.url, { stage: "queued" });
        await expect(page.getByText(texts.steps.queued)).toBeVisible();
        await page.evaluate(() => {
          document.querySelector("section")!.replaceWith(document.createElement("div"));
        });
        await page.unroute(STATUS);
        await expect(heading(page, texts.failed.title)).toBeFocused();
        await look(page, `${language}-failed`);

        await page.route(SCRIPTS, (route) => route.fulfill({ status: 404, body: "" }));
        await page.goto(`${stack.url}/signup`);
        await expect(page.getByRole("alert")).toContainText(texts.incomplete);
        await look(page, `${language}-incomplete`);

        await page.unroute(SCRIPTS);
        await page.route(SCRIPTS, async (route) => {
          const response = await route.fetch();
          const hasTexts = (await response.text()).includes(texts.signUp.title);
          await route.fulfill(hasTexts ? { status: 404, body: "" } : { response });
        });
        await page.goto(`${stack.url}/signup`);
        await expect(button(page, texts.loadAgain)).toBeVisible();
        await expect(heading(page, texts.failed.title)).toBeFocused();
        await expect(page).toHaveTitle(texts.failed.title);
        await expect(page.getByText(texts.incomplete)).toHaveCount(1);
        const colours = await page.locator("body style").innerHTML();
        expect(colours).toContain("--accent:"); // The brand's.
        await look(page, `${language}-texts-lost`);
      });
    });
  });
}

test("the pages of a closed installation, in each language", async ({ page, newStack }) => {
  const { url } = await newStack({ env: { SIGNUPS: "closed" } });
  for (const language of LANGUAGE_TAGS) {
    await page.goto(`${url}/${language}/signup`);
    await expect(heading(page, PAGE_TEXTS[language].closed.title)).toBeVisible();
    await look(page, `${language}-closed`);
  }
});

test("invitations in each language", async ({ page, newStack }) => {
  const stack = await newStack({
    env: { SIGNUPS: "invited", USERNAMES: "off", FULL_NAMES: "optional" },
  });
  for (const language of LANGUAGE_TAGS) {
    const { invitationOnly, signUp, verify } = PAGE_TEXTS[language];
    await page.goto(`${stack.url}/${language}/signup`);
    await expect(heading(page, invitationOnly.title)).toBeVisible();
    await look(page, `${language}-invitation-only`);
    await page.goto(`${stack.url}/${language}/signup?invitation=x`);
    await expect(heading(page, verify.deadTitle)).toBeVisible();
    await look(page, `${language}-invitation-dead`);
    const { email, password } = aPerson();
    const link = await invite(stack, email, language);
    await page.goto(link);
    await expect(page.getByLabel(signUp.email, { exact: true })).toHaveValue(email);
    await expect(page.getByLabel(signUp.fullNameOptional, { exact: true })).toBeVisible();
    await look(page, `${language}-invited`);
    await page.getByLabel(signUp.password, { exact: true }).fill(password);
    await button(page, signUp.submit).click();
    await expect(heading(page, PAGE_TEXTS[language].verified.title)).toBeVisible();
    await look(page, `${language}-verified-by-invitation`);
  }
});
