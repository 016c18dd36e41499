import { loadEnv, orExit } from "#src/env.ts";
import { traceIfAsked } from "#src/server/tracing/trace-if-asked.ts";
import { stopOnSignal } from "./shutdown.ts";
import { startWorker } from "./start-worker.ts";

const env = orExit(loadEnv);
const worker = startWorker(env, await traceIfAsked("worker", env));
stopOnSignal(worker);
worker.log.info("worker starting");
