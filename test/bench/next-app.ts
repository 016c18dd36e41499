import { NEXT } from "../servers/folder.ts";
import { HEAP_BOUND } from "../system/command.ts";
import { freePort } from "../servers/ports.ts";
import { start, type Program } from "../servers/start.ts";
import { waitFor } from "../servers/wait-for.ts";
import { EMPTY_APP } from "../../scripts/weigh-page.ts";

/**
 * Serves the empty app, and waits until it answers.
 * @param how `start` if it has been built, or `dev`
 */
export async function startEmptyApp(
  how: "start" | "dev" = "start",
): Promise<{ program: Program; url: string }> {
  const port = await freePort();
  const args = [HEAP_BOUND, NEXT, how, EMPTY_APP, "-H", "127.0.0.1", "-p", String(port)];
  const env = { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: undefined };
  const program = start("Empty app", process.execPath, args, { env });
  const url = `http://localhost:${port}/`;
  await waitFor("the empty page", async () => (await fetch(url)).ok);
  return { program, url };
}
