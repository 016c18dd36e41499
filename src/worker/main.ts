import { loadEnv, orExit } from "#src/platform/env.ts";
import { startTracingIfConfigured } from "#src/platform/tracing/start-tracing-if-configured.ts";
import { stopOnSignal } from "./stop.ts";
import { startWorker } from "./start-worker.ts";

const env = orExit(loadEnv);
const worker = startWorker(env, await startTracingIfConfigured("worker", env));
stopOnSignal(worker);
worker.log.info("worker starting");
