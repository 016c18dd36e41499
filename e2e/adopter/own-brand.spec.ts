import { spawnSync } from "node:child_process";
import { ROOT } from "#test/servers/folder.ts";
import { fromSources } from "#test/system/command.ts";
import { callProcedure } from "#test/system/call.ts";
import { aPerson, aSignup } from "#test/system/person.ts";
import { look } from "../look.ts";
import { confirm, expect, fill, linkFor, testWith } from "../test.ts";

// It needs the build of enlist.config.ts beside this file: see adopter.slow.test.ts.

const test = testWith({ TERMS: "accept" });

test.use({ locale: "en" });

test("terms are accepted and a field of one's own is filled in, checked, kept and exported", async ({
  page,
  stack,
}) => {
  const person = aPerson();
  await page.goto(`${stack.url}/signup`);
  await expect(page).toHaveTitle("Sign up · Börk & Söhne");
  await fill(page, person);
  await page.getByLabel("Company").fill("B");
  await page.getByRole("button", { name: "Sign up" }).click();
  const company = page.getByLabel("Company");
  await expect(company).toBeFocused();
  await expect(page.getByText("A company has 2 to 80 characters.")).toBeVisible();
  await expect(page.getByText("Please accept the terms to sign up.")).toBeVisible();
  await look(page, "signup-terms-refused");

  await company.fill(" Acme ");
  await expect(page.getByText("A company has 2 to 80 characters.")).toHaveCount(0);
  const box = page.getByRole("checkbox", { name: /^I accept the terms of use and have read/ });
  await box.check();
  await expect(page.getByRole("link", { name: "terms of use" })).toHaveAttribute(
    "href",
    "https://boerk.example/terms",
  );
  await look(page, "signup-terms");
  await page.getByRole("button", { name: "Sign up" }).click();
  await page.goto(await linkFor(stack, person));
  await confirm(page);
  await expect(page.getByRole("heading", { name: "You are verified" })).toBeVisible();

  const { status, stdout } = spawnSync(
    process.execPath,
    [...fromSources("user"), "export", person.email],
    { cwd: ROOT, encoding: "utf8", env: { ...process.env, DATABASE_URL: stack.databaseUrl } },
  );
  expect(status).toBe(0);
  const [{ user }] = JSON.parse(stdout);
  expect(user).toMatchObject({ termsVersion: "2026-11-01", extra: { company: { name: "Acme" } } });
  expect(user.termsAcceptedAt).toBe(user.createdAt);
});

test("another language keeps what was typed, but ticks no box", async ({ page, stack }) => {
  await page.goto(`${stack.url}/signup`);
  await page.getByLabel("Company").fill("Acme");
  await page.getByRole("checkbox").check();
  await page.getByRole("link", { name: "Deutsch" }).click();
  await expect(page.getByLabel("Firma")).toHaveValue("Acme");
  await expect(page.getByRole("checkbox")).not.toBeChecked();
  await page.getByRole("button", { name: "Registrieren" }).click();
  await expect(page.getByText("Bitte akzeptieren Sie die Nutzungsbedingungen")).toBeVisible();
  await look(page, "signup-terms-de");
});

test("the document says what a sign-up must hold", async ({ stack }) => {
  const document = await (await fetch(`${stack.url}/api/openapi.json`)).json();
  const { properties, required } = document.components.schemas.CreateUserInput;
  expect(required).toEqual(expect.arrayContaining(["extra", "acceptedTerms"]));
  expect(properties.extra).toMatchObject({
    properties: { company: { type: "string" } },
    required: ["company"],
  });
  expect(properties.acceptedTerms).toMatchObject({ const: "2026-11-01" });
});

test("an API's client accepts the terms by their version", async ({ stack }) => {
  const signUp = async (input: object) => {
    const { status, body } = await callProcedure(stack.url, "createUser", {
      ...aSignup(),
      ...input,
    });
    const { fieldReasons, fieldErrors } = body.error?.data ?? {};
    if (fieldReasons?.extra) {
      expect(fieldErrors.extra).toEqual(["Eine Firma hat 2 bis 80 Zeichen."]);
    }
    return [status, fieldReasons];
  };
  const whole = { acceptedTerms: "2026-11-01", extra: { company: "Acme" } };
  expect(await signUp(whole)).toEqual([200, undefined]);
  expect(await signUp({})).toEqual([
    400,
    { acceptedTerms: ["terms_missing"], extra: ["extra_invalid"] },
  ]);
  expect(await signUp({ ...whole, acceptedTerms: "2025-01-01" })).toEqual([
    400,
    { acceptedTerms: ["terms_changed"] },
  ]);
});

test("a closed sign-up says why, in the person's language", async ({ page, newStack }) => {
  const { url } = await newStack({ env: { SIGNUPS: "closed" } });
  await page.goto(`${url}/signup`);
  await expect(page.getByText("We open again in May.")).toBeVisible();
  await page.goto(`${url}/ja/signup`);
  await expect(page.getByText("Wir öffnen im Mai wieder.")).toBeVisible();
});
