import { loadEnv, orExit } from "#src/platform/env.ts";
import { traceIfAsked } from "#src/platform/tracing/trace-if-asked.ts";
import { stopOnSignal } from "./shutdown.ts";
import { startWorker } from "./start-worker.ts";

const env = orExit(loadEnv);
const worker = startWorker(env, await traceIfAsked("worker", env));
stopOnSignal(worker);
worker.log.info("worker starting");
