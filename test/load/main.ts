// npm run load: measures what this machine can do, then lets so many times as many sign up.
import { CONNECTIONS } from "../system/call.ts";
import { build } from "../system/build.ts";
import { number, readOptions } from "../system/read-options.ts";
import { say } from "../system/say.ts";
import { stopOnSignal } from "../system/stop-on-signal.ts";
import { waitFor } from "../servers/wait-for.ts";
import { drivePeople, driveRate } from "./drive.ts";
import { startMeasuredSystem } from "./system.ts";
import type { Outcome } from "./sign-up.ts";

const USAGE = `npm run load -- [--times N] [--seconds S]
  --times    how many times as many as the machine can do, 0.1 to 20 (10)
  --seconds  for how long, 5 to 7200 (30)`;

const { times, seconds } = readOptions(USAGE, {
  times: number(10, { from: 0.1, to: 20 }),
  seconds: number(30, { from: 5, to: 7200 }),
});
const tell = (line: string) => say(line, process.stderr);
if (!build(() => tell("building the pages …"))) process.exit(1);

const system = await startMeasuredSystem();
stopOnSignal(() => system.stop());
const copies = new Map<string, number>();
const takeMails = () => {
  for (const { to } of system.takeMails()) copies.set(to, (copies.get(to) ?? 0) + 1);
};
const accepted = (outcomes: Outcome[]) => outcomes.filter(({ status }) => status === 200);

await drivePeople(system.webPort, 16, 10); // A process that has just started is slower.
const capacity = await drivePeople(system.webPort, 16, 10);
await drivePeople(system.webPort, CONNECTIONS, 2); // Opens the connections.
const perSecond = accepted(capacity.signUps).length / capacity.seconds;
tell(`the machine does ${perSecond.toFixed(0)} sign-ups a second; now ${times} times as many`);

const memory = [system.memory()];
const began = new Date();
const driven = await driveRate(system.webPort, times * perSecond, seconds, (passed) => {
  takeMails();
  if (passed % Math.max(5, Math.round(seconds / 60)) > 0) return;
  memory.push(system.memory());
  tell(`${passed} of ${seconds} s, web ${memory.at(-1)?.web.toFixed()} MB`);
});
await waitFor("the last mails", async () => (await system.mails(began)).owed === 0, 300_000).catch(
  () => {},
);
takeMails();
const { owed, users, ...delay } = await system.mails(began);
await system.stop();

const refused = driven.signUps.filter(({ status }) => status === 503);
const report = {
  times,
  seconds,
  capacityPerSecond: Math.round(perSecond),
  signUps: driven.signUps.length,
  accepted: { count: accepted(driven.signUps).length, ...spread(accepted(driven.signUps)) },
  refused: { count: refused.length, ...spread(refused) },
  /** From the sign-up to the record of its mail. */
  mails: delay,
  page: { count: driven.looks.length, ...spread(accepted(driven.looks)) },
  memoryMB: {
    web: memory.map(({ web }) => Math.round(web)),
    worker: memory.map(({ worker }) => Math.round(worker)),
  },
  users,
  resent: driven.signUps.filter(({ resent }) => resent).length,
  // What must be 0.
  unanswered: driven.signUps.length - accepted(driven.signUps).length - refused.length,
  refusedWithoutRetryAfter: refused.filter(({ retryAfter }) => !retryAfter).length,
  pageFailed: driven.looks.length - accepted(driven.looks).length,
  owedAtEnd: owed,
  withoutMail: users - copies.size,
  mailedTwice: [...copies.values()].filter((count) => count > 1).length,
};
process.stdout.write(`${JSON.stringify(report)}\n`);
const { unanswered, refusedWithoutRetryAfter, pageFailed, owedAtEnd, withoutMail, mailedTwice } =
  report;
const faults = [
  unanswered,
  refusedWithoutRetryAfter,
  pageFailed,
  owedAtEnd,
  withoutMail,
  mailedTwice,
];
process.exit(faults.every((count) => count === 0) ? 0 : 1);

/** Milliseconds that half, and all but one in a hundred, needed at most. */
function spread(outcomes: Outcome[]): { p50: number; p99: number } {
  const sorted = outcomes.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0);
  return { p50: at(0.5), p99: at(0.99) };
}
