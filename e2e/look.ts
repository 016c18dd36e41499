import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Page } from "playwright/test";

/** The folder for pictures of the states; without it none are taken. */
const FOLDER = process.env.SCREENSHOTS;

/** WCAG 2.2, levels A and AA, and what axe holds to be good practice besides. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The narrowest screen that everything must fit. */
const NARROW = 320;

/**
 * Looks at a page in one of its states: in light and in dark colours axe finds nothing, on the
 * narrowest screen nothing sticks out, and where pictures are wanted, takes them.
 * @param name the state, as in `signup-errors`
 */
export async function look(page: Page, name: string): Promise<void> {
  await test.step(`look at ${name}`, async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      // Moving elements would be caught in mid-motion.
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await picture(page, `${name}-${colorScheme}`);
      // Our pages have no frames, so axe needs no second page for results.
      const axe = new AxeBuilder({ page }).setLegacyMode();
      // Only colours can differ in the second look.
      if (colorScheme === "light") axe.withTags(RULES);
      else axe.withRules(["color-contrast"]);
      const { violations } = await axe.analyze();
      const found = violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]);
      expect(found, `${name}, ${colorScheme}`).toEqual([]);
    }
    await expectToFit(page, name);
  });
}

async function picture(page: Page, name: string): Promise<void> {
  if (!FOLDER) return;
  mkdirSync(FOLDER, { recursive: true });
  const path = join(FOLDER, `${name}-${test.info().project.name}.png`);
  await page.screenshot({ path, fullPage: true });
}

async function expectToFit(page: Page, name: string): Promise<void> {
  const before = page.viewportSize()!;
  await page.setViewportSize({ width: NARROW, height: 640 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, `${name} at ${NARROW} px`).toBeLessThanOrEqual(NARROW);
  await page.setViewportSize(before);
}
