import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findExecutable, FIREFOX } from "#test/servers/find-executable.mjs";
import { start } from "#test/servers/start.ts";
import { connectBidi, type Bidi } from "./connect-bidi.ts";
import type { Device, Tab } from "./device.ts";

/** Starts this machine's Firefox without windows. */
export async function openFirefox(): Promise<Device> {
  const profile = mkdtempSync(join(tmpdir(), "enlist-firefox-"));
  const args = ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"];
  const program = start("Firefox", findExecutable(FIREFOX)!, args);
  await program.said(/BiDi listening on ws:/);
  const [url] = /ws:\S+/.exec(program.output())!;
  const bidi = await connectBidi(`${url}/session`);
  await bidi.send("session.new", { capabilities: {} });
  return {
    openTab: () => openTab(bidi),
    async close() {
      bidi.close();
      await program.stop();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

async function openTab({ send }: Bidi): Promise<Tab> {
  const { context } = await send<{ context: string }>("browsingContext.create", { type: "tab" });
  const act = (source: { type: string; actions: object[] }) =>
    send("input.performActions", { context, actions: [{ id: source.type, ...source }] });
  const click = (sharedId: string) => {
    const origin = { type: "element", element: { sharedId } };
    const press = ["pointerDown", "pointerUp"].map((type) => ({ type, button: 0 }));
    return act({
      type: "pointer",
      actions: [{ type: "pointerMove", x: 0, y: 0, origin }, ...press],
    });
  };
  return {
    async goto(url) {
      await send("browsingContext.navigate", { context, url, wait: "complete" });
    },
    async call(functionDeclaration, value) {
      const { result, exceptionDetails } = await send<Called>("script.callFunction", {
        functionDeclaration,
        arguments: [{ type: "string", value }],
        target: { context },
        awaitPromise: false,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.text);
      return result?.sharedId ?? result?.value ?? null;
    },
    async click(element) {
      await click(element);
    },
    async type(element, text) {
      await click(element);
      const keys = Array.from(text, (value) =>
        ["keyDown", "keyUp"].map((type) => ({ type, value })),
      );
      await act({ type: "key", actions: keys.flat() });
    },
  };
}

interface Called {
  result?: { sharedId?: string; value?: string };
  exceptionDetails?: { text: string };
}
