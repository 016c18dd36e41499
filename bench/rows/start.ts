import { startWeb, startWorker } from "../../scripts/services/enlist.ts";
import { freePort } from "../../scripts/services/ports.ts";
import { start, type Program } from "../../scripts/services/start.ts";
import { buildEmptyApp } from "../../scripts/weigh-page.ts";
import { interleave, median } from "../measure.ts";
import { startEmptyApp } from "../next-app.ts";
import type { Measure } from "../row.ts";

/** How long the processes take until they do their work. */
export const measure: Measure = async ({ env, say }) => {
  buildEmptyApp();
  const timed = (what: string, launch: () => Promise<Program>) => ({
    what,
    async run() {
      const begin = performance.now();
      const program = await launch();
      const taken = performance.now() - begin;
      await program.stop();
      return [taken];
    },
  });
  const bareNode = async () => {
    const ready = "process.stdout.write('ready\\n'); setInterval(() => {}, 1000)";
    const program = start("Node", process.execPath, ["-e", ready]);
    await program.said(/ready/);
    return program;
  };
  const sides = await interleave(
    [
      timed("worker", () => startWorker(env)),
      timed("bare node", bareNode),
      timed("web", async () => (await startWeb("start", await freePort(), env)).program),
      timed("empty app", async () => (await startEmptyApp()).program),
    ],
    say,
  );
  const [worker, node, web, empty] = sides.map((values) => median(values)) as [
    number,
    number,
    number,
    number,
  ];
  return [
    { part: "worker ready", unit: "ms", ours: worker, peer: "bare node", theirs: node },
    { part: "web ready", unit: "ms", ours: web, peer: "next start of an empty app", theirs: empty },
  ];
};
