import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { freePort } from "./ports.ts";

it("gives no port to two processes, even if they start at the same place", async () => {
  const mine = [await freePort(), await freePort()];
  const other = `
    Object.defineProperty(process, "pid", { value: ${process.pid} });
    const { freePort } = await import("./test/servers/ports.ts");
    console.log(JSON.stringify([await freePort(), await freePort()]));`;
  const args = ["--import", "tsx", "--input-type=module", "--eval", other];
  const theirs = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
  expect(new Set([...mine, ...theirs]).size).toBe(4);
});
