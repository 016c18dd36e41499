import { setTimeout as sleep } from "node:timers/promises";
import { startSystem } from "#test/system/start-system.ts";
import { median } from "../measure.ts";
import { residentMemory } from "#test/servers/resident-memory.ts";
import type { Measure } from "../row.ts";
import { signUpOverHttp } from "../sign-up-over-http.ts";
import { startSink } from "../sink.ts";

/** After how many sign-ups the memory is first looked at. */
const FIRST = 1000;

/**
 * What web and worker have grown to after many sign-ups. Each is a real one, hashed and mailed, so
 * that a hundred thousand of them take half an hour: `--signups` says how many.
 */
export const measure: Measure = async ({ env, signups, say }) => {
  const sink = await startSink();
  const own = { ...env, SMTP_URL: sink.url };
  const system = await startSystem({ given: own, migrated: true, env: own });
  const [[web], [worker]] = [system.webs, system.workers];
  let done = 0;
  const signUpUntil = async (count: number) => {
    const client = async () => {
      while (done < count) {
        done++;
        if (done % 1000 === 0) say(`${done} sign-ups`);
        await signUpOverHttp(system.url);
      }
    };
    await Promise.all(Array.from({ length: 16 }, client));
    await sink.reached(count);
  };
  const look = async () => {
    const values: [number, number][] = [];
    for (let n = 0; n < 10; n++) {
      await sleep(300);
      values.push([residentMemory(web!.program), residentMemory(worker!.program)]);
    }
    return { web: median(values.map(([mb]) => mb)), worker: median(values.map(([, mb]) => mb)) };
  };
  await signUpUntil(FIRST);
  const before = await look();
  say(`after ${FIRST}: web ${before.web.toFixed()} MB, worker ${before.worker.toFixed()} MB`);
  await signUpUntil(signups);
  const after = await look();
  await system.stop();
  const peer = `after ${FIRST.toLocaleString("en")} sign-ups`;
  return (["web", "worker"] as const).map((name) => ({
    part: `${name}, after ${signups.toLocaleString("en")} sign-ups`,
    unit: "MB",
    ours: after[name],
    peer,
    theirs: before[name],
    atMost: 1.1,
  }));
};
