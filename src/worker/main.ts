import { loadEnv, orExit } from "#src/env.ts";
import { stopOnSignal } from "./shutdown.ts";
import { startWorker } from "./start-worker.ts";

stopOnSignal(startWorker(orExit(loadEnv)));
