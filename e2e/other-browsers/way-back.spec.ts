import { fromCart, leadBackTo, startApplication, swap, type Application } from "../application.ts";
import { startStack, type Stack } from "../stack.ts";
import { codeOf, expect } from "../test.ts";
import { fill, find, heading } from "./find.ts";
import { signUpOn } from "./sign-up-on.ts";
import { inEachBrowser, test as base } from "./test.ts";

const test = base.extend<{ app: Application; own: Stack }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names out of the pattern
  app: async ({}, use) => {
    const app = await startApplication();
    await use(app);
    await app.close();
  },
  own: async ({ app }, use) => {
    const stack = await startStack({ env: leadBackTo(app) });
    await use(stack);
    await stack.stop();
  },
});

inEachBrowser(() => {
  test("continues to the application, with a code for it", async ({ aDevice, app, own }) => {
    const tab = await (await aDevice()).openTab();
    const person = await signUpOn(tab, own, fromCart(app));
    const [mail] = await own.mails(person.email);
    await fill(tab, "Code from the mail", codeOf(mail!.text));
    await find(tab, heading("You are verified"));
    await find(tab, heading("The shop")); // The tab goes on by itself.
    const address = await tab.call("() => location.href", "");
    const { searchParams } = new URL(address!);
    const [code, state] = ["code", "state"].map((name) => searchParams.get(name));
    expect(state).toBe("s-1");
    expect(await swap(own, { code, state })).toMatchObject({
      status: 200,
      user: { username: person.username, email: person.email },
    });
  });
});
