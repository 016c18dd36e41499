import { readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { temporaryFolder } from "#test/servers/folder.ts";
import { start } from "#test/servers/start.ts";

const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));

it.each([
  ["to the end", /Ben paid Ada 7.00 EUR/, false],
  ["until Ctrl-C", /Ada pays Ben 12.50/, true],
])("runs %s, and leaves nothing behind", async (_, line, isInterrupted) => {
  const folder = temporaryFolder("transfer-test");
  const example = start("the example", process.execPath, ["--import", "tsx", MAIN], {
    env: { TMPDIR: folder },
    stopSignal: "SIGINT",
  });
  try {
    await example.said(line);
    if (isInterrupted) await example.stop();
    expect(await example.ended).toBe("ended with code 0");
    expect(readdirSync(folder).filter((name) => name.startsWith("transfer-"))).toEqual([]);
  } finally {
    await example.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
