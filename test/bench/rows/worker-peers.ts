import { fileURLToPath } from "node:url";
import { start, type Program } from "#test/servers/start.ts";
import { NODE_TS } from "#test/system/command.ts";
import { startSystem } from "#test/system/start-system.ts";
import { fill, untilIdle } from "../fill.ts";
import { compareRounds, interleave } from "../measure.ts";
import { openPeerSignups } from "../peer-signups.ts";
import type { Measure } from "../row.ts";
import { openServices } from "../services.ts";
import { commitSignup } from "../signups.ts";
import { mailRate, startSink } from "../sink.ts";

/** Mails a round. */
const COUNT = 1000;

/** A worker, and the sign-ups whose mails it sends. */
interface Side {
  what: string;
  program: Program;
  signUp: () => Promise<unknown>;
}

const SCRIPT = fileURLToPath(new URL("../peers/mail-worker.ts", import.meta.url));

/** How many mails a second Enlist's worker sends, against others that send the same ones. */
export const measure: Measure = async ({ env, say }) => {
  const services = await openServices();
  const signUps = await openPeerSignups(services);
  const sink = await startSink();
  const own = { ...env, SMTP_URL: sink.url };
  const system = await startSystem({ given: own, migrated: true, env: own, webs: [] });
  const startPeer = async (what: string, name: string, signUp: Side["signUp"]): Promise<Side> => {
    const program = start(what, process.execPath, [...NODE_TS, SCRIPT, name], { env: own });
    await program.said(/peer ready/);
    return { what, program, signUp };
  };
  const sides: Side[] = [
    {
      what: "worker",
      program: system.workers[0]!.program,
      signUp: () => commitSignup(services),
    },
    await startPeer("BullMQ, without the judge", "bullmq", signUps.bullmqAfterCommit),
    await startPeer("pg-boss 12", "pg-boss", signUps.pgBoss),
    await startPeer("graphile-worker 0.18", "graphile-worker", signUps.graphileWorker),
  ];
  const [ours, ...theirs] = await interleave(
    sides.map(({ what, program, signUp }) => ({
      what,
      async run() {
        program.signal("SIGSTOP"); // Neither messages nor tables are looked at meanwhile.
        await fill(COUNT, signUp);
        const perSecond = await mailRate(sink, COUNT, () => program.signal("SIGCONT"));
        await untilIdle(services.db);
        return [perSecond];
      },
    })),
    say,
  );
  await Promise.all(sides.slice(1).map(({ program }) => program.stop()));
  await system.stop();
  return theirs.map((rates, index) => ({
    unit: "/s",
    ...compareRounds(ours!, rates),
    peer: sides[index + 1]!.what,
    atLeast: 1,
  }));
};
