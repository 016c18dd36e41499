import { aPerson } from "#test/system/person.ts";
import { expect, expectCheckInbox, linkFor, signUpOnPage, test } from "./test.ts";

// The browser's accessibility tree, in reading order, as assistive technology gets it.

test("the form is read out with its labels and buttons", async ({ page, stack }) => {
  await page.goto(`${stack.url}/signup`);
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - heading "Create your account" [level=1]
    - text: Username
    - textbox "Username"
    - text: Your name
    - textbox "Your name"
    - text: E-mail address
    - textbox "E-mail address"
    - text: Password
    - textbox "Password"
    - button "Show password"
    - button "Sign up"
  `);
});

test("the waiting page is read out with its steps and buttons", async ({ page, stack }) => {
  const person = aPerson();
  await signUpOnPage(page, stack, person);
  await expectCheckInbox(page, person);
  await expect(page.getByText("Mail handed over for delivery")).toBeVisible();
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - heading "Check your inbox" [level=1]
    - list:
      - listitem: Signed up
      - listitem:
        - status: Mail handed over for delivery
      - listitem: You confirm your address
    - textbox "Code from the mail"
    - button "Confirm"
    - region "No mail?":
      - heading "No mail?" [level=2]
      - button "Correct the address"
      - button /Send a new mail in \\d+ s/ [disabled]
  `);
});

test("the link's page is read out with its heading and buttons", async ({ page, stack }) => {
  const person = aPerson();
  await signUpOnPage(page, stack, person);
  await expectCheckInbox(page, person);
  await page.goto(await linkFor(stack, person));
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - heading "Confirm your address" [level=1]
    - button "Confirm my address"
    - region "Not you?":
      - button "This was not me"
  `);
});

test("the keyboard reaches and uses everything on the waiting page", async ({ page, stack }) => {
  const person = aPerson();
  await signUpOnPage(page, stack, person);
  await expectCheckInbox(page, person);
  await expect(page.getByLabel("Code from the mail")).toBeVisible();
  const reached: string[] = [];
  for (let tab = 0; tab < 3; tab++) {
    await page.keyboard.press("Tab");
    reached.push(
      await page.evaluate(() => {
        const { activeElement } = document;
        return activeElement?.getAttribute("name") ?? activeElement?.textContent ?? "";
      }),
    );
  }
  expect(reached).toEqual(["code", "Confirm", "Correct the address"]);
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("The right address")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(`right.${person.email}`);
  await page.keyboard.press("Enter");
  await expect(page.getByText(`right.${person.email}`, { exact: true })).toBeVisible();
});
