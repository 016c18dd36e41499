import { waitFor } from "#test/servers/wait-for.ts";
import type { Tab } from "./device.ts";

const field = (label: string) => `//input[@id = //label[normalize-space() = "${label}"]/@for]`;
const button = (text: string) => `//button[normalize-space() = "${text}"]`;
export const heading = (text: string) => `//h1[normalize-space() = "${text}"]`;
export const words = (text: string) => `//*[text()[normalize-space() = "${text}"]]`;

/** In the page: the element at an XPath, in sight, if a person could see and use it. */
const FIND = `(path) => {
  const element = document.evaluate(path, document, null, 9, null).singleNodeValue;
  if (!element || !element.checkVisibility() || element.disabled) return null;
  element.scrollIntoView({ block: "center", behavior: "instant" });
  return element;
}`;

/** Waits for an element. @throws with what the page says instead */
export async function find(tab: Tab, path: string): Promise<string> {
  try {
    return await waitFor(path, () => tab.call(FIND, path));
  } catch (cause) {
    const text = await tab.call("() => document.body.innerText", "").catch(String);
    throw new Error(`${path} is not there. The page:\n${text}`, { cause });
  }
}

export async function fill(tab: Tab, label: string, text: string): Promise<void> {
  await tab.type(await find(tab, field(label)), text);
}

export async function click(tab: Tab, text: string): Promise<void> {
  await tab.click(await find(tab, button(text)));
}
