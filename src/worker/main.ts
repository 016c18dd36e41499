import { loadEnv, orExit } from "#src/env.ts";
import { stopOnSignal } from "./shutdown.ts";
import { startWorker } from "./start-worker.ts";

const worker = startWorker(orExit(loadEnv));
stopOnSignal(worker);
worker.log.info("worker starting");
