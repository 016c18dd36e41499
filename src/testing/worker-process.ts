import { afterEach } from "vitest";
import type { Env } from "#src/env.ts";
import { startWorker, type ProcessEnv } from "../../scripts/services/enlist.ts";
import type { Program } from "../../scripts/services/start.ts";

/** An environment as a process gets it. */
export function toProcessEnv(env: Env): ProcessEnv {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, String(value)]));
}

/** What starts worker processes that end with the test: each with this environment but for some of it. */
export function workerProcesses(env: Env): (overrides?: ProcessEnv) => Promise<Program> {
  let running: Program[] = [];
  afterEach(async () => {
    await Promise.all(running.map((program) => program.stop()));
    running = [];
  });
  return async (overrides = {}) => {
    const program = await startWorker({ ...toProcessEnv(env), LOG_LEVEL: "info", ...overrides });
    running.push(program);
    return program;
  };
}
