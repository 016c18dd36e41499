import { loadEnv, orExit } from "#src/platform/env.ts";
import { startTracingIfConfigured } from "#src/platform/tracing/start-tracing-if-configured.ts";
import { stopOnSignal } from "./stop.ts";
import { startEnlistWorker } from "./start.ts";

const env = orExit(loadEnv);
const worker = startEnlistWorker(env, await startTracingIfConfigured("worker", env));
stopOnSignal(worker);
worker.log.info("worker starting");
