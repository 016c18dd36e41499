import { findExecutable, WEBKIT, XVFB } from "#test/servers/find-executable.mjs";
import { freePort } from "#test/servers/ports.ts";
import { start } from "#test/servers/start.ts";
import { waitFor } from "#test/servers/wait-for.ts";
import type { Device, Tab } from "./device.ts";

/** The key below which WebDriver hands over an element (https://w3c.github.io/webdriver/). */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

type Send = <T>(method: "POST" | "DELETE", path: string, body?: object) => Promise<T>;

/** Starts this machine's WebKit on a screen that nobody sees. */
export async function openWebkit(): Promise<Device> {
  const screen = start("Xvfb", findExecutable(XVFB)!, ["-displayfd", "1", "-nolisten", "tcp"]);
  await screen.said(/^\d+$/);
  const [display] = /^\d+$/m.exec(screen.output())!;
  const port = await freePort();
  const driver = start("WebKit's driver", findExecutable(WEBKIT)!, [`--port=${port}`], {
    env: { DISPLAY: `:${display}`, GDK_BACKEND: "x11" },
  });
  const url = `http://127.0.0.1:${port}`;
  await waitFor("WebKit's driver", async () => (await fetch(`${url}/status`)).ok);
  const { sessionId } = await call<{ sessionId: string }>(`${url}/session`, "POST", {
    capabilities: {},
  });
  const send: Send = (method, path, body) =>
    call(`${url}/session/${sessionId}${path}`, method, body);
  return {
    openTab: () => openTab(send),
    async close() {
      await send("DELETE", "");
      await driver.stop();
      await screen.stop();
    },
  };
}

async function openTab(send: Send): Promise<Tab> {
  // A real tab would stay behind the first one, where nothing is painted.
  const { handle } = await send<{ handle: string }>("POST", "/window/new", { type: "window" });
  // A session talks to one of its tabs at a time.
  const here: Send = async (...request) => {
    await send("POST", "/window", { handle });
    return send(...request);
  };
  return {
    goto: (url) => here("POST", "/url", { url }),
    async call(functionText, argument) {
      const script = `return (${functionText})(arguments[0])`;
      const body = { script, args: [argument] };
      const value = await here<null | string | { [ELEMENT]: string }>(
        "POST",
        "/execute/sync",
        body,
      );
      return value && typeof value === "object" ? value[ELEMENT] : value;
    },
    click: (element) => here("POST", `/element/${element}/click`, {}),
    type: (element, text) => here("POST", `/element/${element}/value`, { text }),
  };
}

/** @throws with the driver's message */
async function call<T>(url: string, method: string, body?: object): Promise<T> {
  const answer = await fetch(url, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  const { value } = (await answer.json()) as { value: T & { message?: string } };
  if (!answer.ok) throw new Error(`${method} ${url}: ${value.message}`);
  return value;
}
