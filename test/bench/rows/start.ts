import { startWebProcess } from "#test/system/start-web-process.ts";
import { startWorkerProcess } from "#test/system/start-worker-process.ts";
import { freePort } from "#test/servers/ports.ts";
import { start, type Program } from "#test/servers/start.ts";
import { buildEmptyApp } from "../../../scripts/weigh-page.ts";
import { compareRounds, interleave } from "../measure.ts";
import { startEmptyApp } from "../next-app.ts";
import type { Measure } from "../row.ts";

/** Each takes seconds. The warm-up fills the compiler's cache. */
const DEV_ROUNDS = 3;

/** How long the processes take until they do their work. */
export const measure: Measure = async ({ env, say }) => {
  buildEmptyApp();
  const [worker, node, web, empty] = await interleave(
    [
      launching("worker", () => startWorkerProcess(env, { mode: "start" })),
      launching("bare node", startBareNode),
      launching("web", async () => (await startWebProcess("start", await freePort(), env)).program),
      launching("empty app", async () => (await startEmptyApp()).program),
    ],
    say,
  );
  const inDevelopment = { ...env, NODE_ENV: "development" };
  const [dev, emptyDev] = await interleave(
    [
      launching("dev", async () => {
        return (await startWebProcess("dev", await freePort(), inDevelopment)).program;
      }),
      launching("empty app, dev", async () => (await startEmptyApp("dev")).program),
    ],
    say,
    DEV_ROUNDS,
  );
  return [
    {
      part: "worker ready",
      unit: "ms",
      ...compareRounds(worker!, node!),
      peer: "bare node",
    },
    {
      part: "web ready",
      unit: "ms",
      ...compareRounds(web!, empty!),
      peer: "next start of an empty app",
    },
    {
      part: "first page in development",
      unit: "ms",
      ...compareRounds(dev!, emptyDev!),
      peer: "next dev of an empty app",
    },
  ];
};

function launching(what: string, launch: () => Promise<Program>) {
  return {
    what,
    async run() {
      const begin = performance.now();
      const program = await launch();
      const taken = performance.now() - begin;
      await program.stop();
      return [taken];
    },
  };
}

async function startBareNode(): Promise<Program> {
  const ready = "process.stdout.write('ready\\n'); setInterval(() => {}, 1000)";
  const program = start("Node", process.execPath, ["-e", ready]);
  await program.said(/ready/);
  return program;
}
