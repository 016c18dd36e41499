import type { Page } from "playwright/test";
import { look } from "./look.ts";
import type { Stack } from "./stack.ts";
import { aPerson, type Person } from "#test/system/person.ts";
import { age, expect, linkFor, test } from "./test.ts";
import { translated, translatePages } from "./translator.ts";

// A browser's translator replaces each text node. This must break no state, and
// changes must show: a text node that React still holds would be stale.

test.use({ actionTimeout: 15_000 });

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const heading = (page: Page, name: string) =>
  page.getByRole("heading", { name: translated(name), exact: true });
const text = (page: Page, words: string | RegExp) =>
  page.getByText(typeof words === "string" ? translated(words) : words, {
    exact: typeof words === "string",
  });

/** Fills in the form, whose labels have been translated. */
async function fill(page: Page, person: Partial<Person>): Promise<void> {
  for (const [name, value] of Object.entries(person))
    await page.locator(`input[name=${name}]`).fill(value);
}

async function signUpOnPage(page: Page, stack: Stack, person: Person): Promise<void> {
  await page.goto(`${stack.url}/signup`);
  await fill(page, person);
  await button(page, "Sign up").click();
}

/** The number in a text, which shows whether the text has changed. */
async function expectToGoOn(page: Page, words: RegExp): Promise<void> {
  const locator = text(page, words);
  const before = await locator.textContent();
  await expect(locator).not.toHaveText(before!);
}

/** Moves all mails of this stack a minute into the past. */
const ageAll = (stack: Stack) =>
  stack.sql("update email_verifications set created_at = created_at - interval '61 s'");

const REMADE = /Minified React error #418/;

const begins = ["at once", "up"] as const;

for (const begin of begins) {
  test.describe(`a translator that starts ${begin === "up" ? "once the page is up" : begin}`, () => {
    // React may report a hydration mismatch, and renders the page again.
    test.use({ expected: REMADE });

    test("breaks nothing on the form", async ({ page, stack }) => {
      await translatePages(page, begin);
      const taken = aPerson();
      await signUpOnPage(page, stack, taken);
      await expect(heading(page, "Check your inbox")).toBeFocused();
      await expect(text(page, taken.email).first()).toBeVisible();

      await page.goto(`${stack.url}/signup`);
      await button(page, "Sign up").click();
      await expect(text(page, "Choose a username.")).toBeVisible();
      await fill(page, { username: taken.username, email: "ada@gmial.com", password: "x" });
      await expect(text(page, "This username is taken.")).toBeVisible();
      await expect(button(page, "ada@gmail.com")).toBeVisible();
      await button(page, "Did you mean").click();
      await button(page, "Show").click();
      await expect(button(page, "Hide")).toBeVisible();
      await button(page, "Hide").click();
      for (const [password, words] of [
        ["abc", /^«Too short/],
        ["password1", /^«Weak\./],
        ["vexed-otter-lantern-42", /^«Strong/],
      ] as const) {
        await fill(page, { password });
        await expect(text(page, words).first()).toBeVisible();
      }
      const person = aPerson();
      await fill(page, { ...person, password: "" });
      await expect(text(page, "This username is free.")).toBeVisible();
      await button(page, "Sign up").click();
      await expect(text(page, "Choose a password.")).toBeVisible();
      await fill(page, person);

      await page.route("**/api/trpc/createUser", (route) => route.abort());
      await button(page, "Sign up").click();
      await expect(text(page, /reach the server/)).toBeVisible();
      await page.unroute("**/api/trpc/createUser");
      await button(page, "Sign up").click();
      await expect(heading(page, "Check your inbox")).toBeFocused();
      await expect(page).toHaveTitle(translated("Check your inbox · Enlist"));
      await expect(text(page, person.email).first()).toBeVisible();
    });

    // Slow, and its content comes after the page is up in either case.
    if (begin === "up") {
      test("breaks nothing on the waiting page", async ({ page, newStack, sink }) => {
        const stack = await newStack({
          env: { SMTP_URL: sink.url, VERIFY_EMAIL_BACKOFF_MS: "20000" },
        });
        await translatePages(page, begin);
        sink.behave("refuse");
        const mistyped = aPerson();
        await signUpOnPage(page, stack, mistyped);
        await expect(heading(page, "We could not mail you")).toBeFocused();
        await expect(text(page, "The mail server refused the mail")).toBeVisible();
        await expectToGoOn(page, /in \d+ s/);

        sink.behave("stall");
        const right = `right.${mistyped.email}`;
        await page.getByLabel("The right address").fill("nobody");
        await button(page, "Change it and mail me there").click();
        await expect(text(page, /does not look like/)).toBeVisible();
        await page.getByLabel("The right address").fill(right);
        await button(page, "Change it and mail me there").click();
        await expect(text(page, /^«Mail is being sent/)).toBeVisible();
        await expect(heading(page, "Check your inbox")).toBeVisible();

        sink.behave("refuse", "451 4.3.2 Try again later");
        sink.release();
        await expect(text(page, "Mail handed over for delivery")).toBeVisible();
        await ageAll(stack);
        await page.reload();
        await button(page, "Correct the address").click();
        await button(page, "Keep it as it is").click();
        await button(page, "Correct the address").click();
        await page.getByLabel("The right address").fill(`very.${right}`);
        await button(page, "Change it and mail me there").click();
        await expect(text(page, /your mail goes to very\./)).toBeVisible();
        await expect(text(page, /attempt 2 of 10/)).toBeVisible();
        await expectToGoOn(page, /Next try in \d+ s/);
        await expectToGoOn(page, /^«?Send a new mail.* in \d+ s/);

        await page.getByLabel("Code from the mail").fill("0000 0000");
        await expect(text(page, /not the code of our newest mail/)).toBeVisible();
        sink.behave("accept");
        await expect(text(page, "Mail handed over for delivery")).toBeVisible();
        await ageAll(stack);
        await page.reload();
        await button(page, "Send a new mail").click();
        await expect(text(page, "A new mail is on its way.")).toBeVisible();
        await expectToGoOn(page, /^«?Send a new mail.* in \d+ s/);

        await stack.web.program.stop();
        await expect(text(page, /^«The connection is lost\./)).toBeVisible();
        await stack.web.start();
        await expect(text(page, /^«The connection is lost\./)).toBeHidden();
        await expect.poll(() => sink.mails.length).toBe(3);
        const codes = sink.mails.map(({ source }) => /^(\d{4} \d{4})\r?$/m.exec(source)?.[1]);
        await page.getByLabel("Code from the mail").fill(codes.at(-1)!);
        await expect(heading(page, "You are verified")).toBeVisible();
        await expect(text(page, `very.${right}`)).toBeVisible();
        await expect(text(page, "Address confirmed")).toBeVisible();
        await expect(page).toHaveTitle(translated("You are verified · Enlist"));
      });
    }

    test("breaks nothing on the waiting page while queued and unavailable", async ({
      page,
      newStack,
      sink,
    }) => {
      await sink.close();
      const stack = await newStack({ env: { SMTP_URL: sink.url } });
      await translatePages(page, begin);
      await stack.worker.program.stop();
      const person = aPerson();
      await signUpOnPage(page, stack, person);
      await expect(text(page, "Mail queued")).toBeVisible();
      await stack.addWorker({ ready: false });
      await expect(text(page, /^«The mail server is unavailable\./)).toBeVisible();
      await stack.sql("delete from users");
      await expect(heading(page, "No sign-up here")).toBeVisible();
      await page.context().clearCookies();
      await page.reload();
      await expect(text(page, /^«We can't find a sign-up from this browser/)).toBeVisible();
    });

    test("breaks nothing on the link's page, nor on the page that waits for it", async ({
      page,
      browser,
      context,
      stack,
    }) => {
      await translatePages(page, begin);
      const person = aPerson();
      await signUpOnPage(page, stack, person);
      await expect(text(page, "Mail handed over for delivery")).toBeVisible();
      const link = await linkFor(stack, person);

      const strangers = await browser.newContext();
      const other = await strangers.newPage();
      const errors: Error[] = [];
      other.on("pageerror", (error) => errors.push(error));
      await translatePages(other, begin);
      await other.goto(link);
      await expect(text(other, person.username)).toBeVisible();
      await button(other, "Confirm my address").click();
      await expect(text(other, "Enter your password.")).toBeVisible();
      await other.getByLabel("The password you chose").fill("not-my-password");
      await button(other, "Confirm my address").click();
      await expect(text(other, /not the password you signed up with/)).toBeVisible();
      await stack.sql("update email_verifications set expires_at = now() where email = $1", [
        person.email,
      ]);
      await button(other, "Confirm my address").click();
      await expect(heading(other, "This link does not work")).toBeFocused();
      await button(other, "Mail me a new link").click();
      await expect(text(other, /Please wait/)).toBeVisible();
      await age(stack, person);
      await button(other, "Mail me a new link").click();
      await expect(text(other, /A new mail is on its way/)).toBeVisible();
      await other.goto(`${link}x`);
      await expect(text(other, /not one of our links/)).toBeVisible();

      const [, resent] = await stack.mails(person.email, 2);
      const second = await context.newPage();
      second.on("pageerror", (error) => errors.push(error));
      await translatePages(second, begin);
      await second.goto(/https?:\/\/\S+\/verify\?token=\S+/.exec(resent!.text)![0]);
      await button(second, "This was not me").click();
      await expect(heading(second, "This was not you?")).toBeFocused();
      await button(second, "Back").click();
      await button(second, "Confirm my address").click();
      await expect(heading(second, "You are verified")).toBeFocused();
      await expect(heading(page, "You are verified")).toBeVisible();
      await expect(text(page, person.email)).toBeVisible();
      await second.reload();
      await expect(heading(second, "Already verified")).toBeFocused();

      const discarded = aPerson();
      await signUpOnPage(second, stack, discarded);
      await other.goto(await linkFor(stack, discarded));
      await button(other, "This was not me").click();
      await button(other, "Delete this sign-up").click();
      await expect(heading(other, "The sign-up is deleted")).toBeFocused();
      await expect(heading(second, "No sign-up here")).toBeVisible();
      await strangers.close();
      expect(errors.map(String).filter((error) => !REMADE.test(error))).toEqual([]);
    });
  });
}

test.describe("an extension that takes a page apart", () => {
  // React logs the error.
  test.use({ expected: /NotFoundError|inline style/ });

  test("leads to our error page, which offers a way on", async ({ page, newStack }) => {
    const stack = await newStack();
    await stack.worker.program.stop();
    const person = aPerson();
    await signUpOnPage(page, stack, person);
    await expect(page.getByText("Mail queued")).toBeVisible();
    await page.evaluate(() => {
      const section = document.querySelector("section")!;
      section.replaceWith(document.createElement("div"));
    });
    await stack.sql("delete from users");
    await expect(page.getByRole("heading", { name: "Something went wrong" })).toBeFocused();
    await expect(page).toHaveTitle("Something went wrong · Enlist");
    await look(page, "failed");
    await button(page, "Load the page again").click();
    await expect(page.getByRole("heading", { name: "No sign-up here" })).toBeVisible();
  });
});
