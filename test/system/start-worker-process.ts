import { ROOT } from "../servers/folder.ts";
import { start, type Program } from "../servers/start.ts";
import { built, fromSources, type Mode } from "./command.ts";
import type { ProcessEnv } from "./environment.ts";

interface WorkerOptions {
  mode?: Mode;
  onLine?: (line: string) => void;
  /** Whether to wait until it handles jobs; otherwise only until it knows what SIGTERM means. */
  ready?: boolean;
}

/** Starts a worker process. */
export async function startWorkerProcess(
  env: ProcessEnv,
  { mode = "dev", onLine, ready = true }: WorkerOptions = {},
): Promise<Program> {
  const script = mode === "dev" ? fromSources("worker") : built("worker");
  const program = start("Worker", process.execPath, script, {
    cwd: ROOT,
    env,
    ...(onLine ? { onLine } : {}),
  });
  await program.said(ready ? /worker ready/ : /worker starting/);
  return program;
}
