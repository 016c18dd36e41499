import { fork } from "node:child_process";
import { startSystem } from "#test/system/start-system.ts";
import { fill, untilIdle } from "../fill.ts";
import { compareRounds, interleave } from "../measure.ts";
import type { Measure } from "../row.ts";
import { openServices } from "../services.ts";
import { commitSignup } from "../signups.ts";
import { mailRate, startSink } from "../sink.ts";

/** Mails a round. */
const COUNT = 2000;

/** How many mails a second a worker sends, against a pool of connections that does nothing else. */
export const measure: Measure = async ({ env, say }) => {
  const services = await openServices();
  const sink = await startSink();
  const own = { ...env, SMTP_URL: sink.url };
  const system = await startSystem({ given: own, migrated: true, env: own, webs: [] });
  const [worker] = system.workers;
  const bare = startBare(sink.url, services.env.CRITICAL_CONCURRENCY);

  const [ours, theirs] = await interleave(
    [
      {
        what: "worker",
        async run() {
          worker!.program.signal("SIGSTOP"); // Neither messages nor the table are looked at meanwhile.
          await fill(COUNT, () => commitSignup(services));
          const perSecond = await mailRate(sink, COUNT, () => worker!.program.signal("SIGCONT"));
          await untilIdle(services.db);
          return [perSecond];
        },
      },
      {
        what: "nodemailer",
        run: async () => [await mailRate(sink, COUNT, () => bare.send(COUNT))],
      },
    ],
    say,
  );
  bare.stop();
  await system.stop();
  const peer = "bare nodemailer pool";
  return [{ unit: "/s", ...compareRounds(ours!, theirs!), peer, atLeast: 0.5 }];
};

/** A process that does nothing but send. */
function startBare(url: string, connections: number) {
  const script = new URL("../bare-mailer.ts", import.meta.url);
  const child = fork(script, [url, String(connections)], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return {
    send: (count: number) =>
      new Promise<void>((resolve, reject) => {
        child.send(count, (error) => (error ? reject(error) : resolve()));
      }),
    stop: () => child.kill(),
  };
}
