import { setTimeout as sleep } from "node:timers/promises";
import type { ProcessPart } from "../../system/start-process-part.ts";
import type { ProxiedSystem } from "../system.ts";
import { freeze, kill, type Faults } from "./fault.ts";

type Pick = (system: ProxiedSystem) => ProcessPart;

/** What befalls a web or a worker: a crash, a machine that stalls, a deployment. */
export const processFaults: Faults = {
  ...faultsOf("web", 0, (system) => system.webs[0]!),
  ...faultsOf("web", 1, (system) => system.webs[1]!),
  ...faultsOf("worker", 0, (system) => system.workers[0]!),
  ...faultsOf("worker", 1, (system) => system.workers[1]!),
};

/** Workers are stopped one after the other, as by a deploy, while lines and mail server are slow. */
Object.assign(processFaults, {
  "workers stopped in turn on slow lines": {
    part: "worker",
    lasts: [0, 1000],
    async strike(system, ms) {
      for (const { lines, sink } of system.workers) {
        lines.redis.lag(150);
        sink.takeMs(6000);
      }
      for (const worker of system.workers) await stop(worker, ms);
      for (const { lines, sink } of system.workers) {
        lines.redis.lag(0);
        sink.takeMs(0);
      }
    },
  },
} satisfies Faults);

function faultsOf(role: string, number: number, pick: Pick): Faults {
  return {
    [`${role} killed: ${number}`]: {
      part: role,
      lasts: [0, 1500],
      strike: (system, ms) => kill(pick(system), ms),
    },
    [`${role} frozen: ${number}`]: {
      part: role,
      lasts: [300, 5000],
      strike: (system, ms) => freeze(pick(system), ms),
    },
    [`${role} stopped: ${number}`]: {
      part: role,
      lasts: [0, 1500],
      strike: (system, ms) => stop(pick(system), ms),
    },
  };
}

/** Asks a process to stop, and starts it again; it must end with 0 within ten seconds. */
async function stop(process: ProcessPart, ms: number): Promise<void> {
  await process.program.stop(10_000);
  const how = await process.program.ended;
  await sleep(ms);
  await process.start();
  if (how !== "ended with code 0") throw new Error(`after SIGTERM ${process.name} ${how}`);
}
