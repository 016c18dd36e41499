import { ROOT } from "../servers/folder.ts";
import { start, type Program } from "../servers/start.ts";
import { waitFor } from "../servers/wait-for.ts";
import { built, NODE_TS, type Mode } from "./command.ts";
import type { ProcessEnv } from "./environment.ts";

export interface Web {
  program: Program;
  url: string;
}

/** Starts a web process on loopback and waits until it answers. */
export async function startWebProcess(
  mode: Mode,
  port: number,
  env: ProcessEnv,
  onLine?: (line: string) => void,
): Promise<Web> {
  const script = mode === "dev" ? [...NODE_TS, "src/web/main.ts"] : built("web");
  const program = start("Web", process.execPath, script, {
    cwd: ROOT,
    env: {
      NEXT_TELEMETRY_DISABLED: "1",
      NODE_ENV: undefined,
      ...env,
      HOSTNAME: "127.0.0.1",
      PORT: String(port),
    },
    ...(onLine ? { onLine } : {}),
  });
  const url = `http://localhost:${port}`;
  const died = program.ended.then((how) => {
    throw new Error(`the web process ${how}\n${program.lastLines()}`);
  });
  await Promise.race([
    waitFor("the page to answer", async () => (await fetch(`${url}/signup`)).ok),
    died,
  ]);
  return { program, url };
}
