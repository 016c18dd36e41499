import { EnvError, loadEnv } from "#src/env.ts";
import { stopOnSignal } from "./shutdown.ts";
import { startWorker } from "./start-worker.ts";

try {
  stopOnSignal(startWorker(loadEnv()));
} catch (error) {
  if (!(error instanceof EnvError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
