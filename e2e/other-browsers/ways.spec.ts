import { codeOf, expect, isVerified, linkFor } from "../test.ts";
import { click, fill, find, heading, words } from "./find.ts";
import { signUpOn } from "./sign-up-on.ts";
import { inEachBrowser, test } from "./test.ts";

// Each device starts a whole browser.

inEachBrowser(() => {
  test("confirms by the link in another tab of the same browser", async ({ aDevice, stack }) => {
    const device = await aDevice();
    const waiting = await device.openTab();
    const person = await signUpOn(waiting, stack);
    const tab = await device.openTab();
    await tab.goto(await linkFor(stack, person));
    await find(tab, words(person.email));
    await click(tab, "Confirm my address");
    await find(tab, heading("You are verified"));
    await find(waiting, heading("You are verified"));
    expect(await isVerified(stack, person)).toBe(true);
  });

  test("confirms by the code, typed into the waiting page", async ({ aDevice, stack }) => {
    const tab = await (await aDevice()).openTab();
    const person = await signUpOn(tab, stack);
    const [mail] = await stack.mails(person.email);
    await fill(tab, "Code from the mail", codeOf(mail!.text));
    await find(tab, heading("You are verified"));
    expect(await isVerified(stack, person)).toBe(true);
  });

  test("confirms by the link on another device, with the password", async ({ aDevice, stack }) => {
    const waiting = await (await aDevice()).openTab();
    const person = await signUpOn(waiting, stack);
    const tab = await (await aDevice()).openTab();
    await tab.goto(await linkFor(stack, person));
    await fill(tab, "The password you chose", person.password);
    await click(tab, "Confirm my address");
    await find(tab, heading("You are verified"));
    await find(waiting, heading("You are verified"));
    expect(await isVerified(stack, person)).toBe(true);
  });
});
