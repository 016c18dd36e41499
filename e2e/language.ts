import type { Page } from "playwright/test";
import type { Language } from "#src/shared/languages.ts";
import { PAGE_TEXTS } from "#src/texts/page-texts.ts";
import type { Person } from "#test/system/person.ts";

export * from "./test.ts";

export const heading = (page: Page, name: string) =>
  page.getByRole("heading", { name, exact: true });
export const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** Fills in the form of a page in this language. */
export async function fillIn(
  page: Page,
  language: Language,
  person: Partial<Person>,
): Promise<void> {
  const labels = PAGE_TEXTS[language].signUp;
  for (const [name, value] of Object.entries(person)) {
    await page.getByLabel(labels[name as keyof Person], { exact: true }).fill(value);
  }
}
