import { setTimeout as sleep } from "node:timers/promises";
import { createTransport } from "nodemailer";
import { startSystem } from "#test/system/start-system.ts";
import { bareHash } from "../argon2.ts";
import { callOk } from "#test/system/call.ts";
import { aMail } from "../mail.ts";
import { interleave, percentile, times } from "../measure.ts";
import type { Measure } from "../row.ts";
import { openServices } from "../services.ts";
import { aSignup } from "#test/system/person.ts";
import { commitSignup } from "../signups.ts";
import { startSink } from "../sink.ts";
import { freshEnv } from "../stage.ts";

/** Sign-ups a round, one after the other. */
const COUNT = 60;

/** How soon after the click the mail server has the mail, when nobody else is there. */
export const measure: Measure = async ({ env, say }) => {
  const sink = await startSink();
  // A database and a prefix of its own, so that the transactions measured alone are not mailed.
  const own = { ...(await freshEnv(env)), SMTP_URL: sink.url };
  const system = await startSystem({ given: own, migrated: true, env: own });
  const signUpByMail = async () => {
    const mailed = sink.reached(sink.count() + 1);
    await callOk(`${system.url}/api/trpc/createUser`, aSignup());
    await mailed;
  };
  const services = await openServices();
  const deliver = await openTransport(sink.url);
  const [ours, ...parts] = await interleave(
    [
      { what: "from click to mail", run: rested(signUpByMail) },
      { what: "hash", run: rested(bareHash) },
      { what: "transaction", run: rested(() => commitSignup(services)) },
      { what: "delivery", run: rested(deliver) },
    ],
    say,
  );
  await system.stop();
  const peer = "hash + transaction + delivery";
  const sum = (share: number) =>
    parts.reduce((total, values) => total + percentile(values, share), 0);
  return [
    { part: "p50", unit: "ms", ours: percentile(ours!, 0.5), peer, theirs: sum(0.5), atMost: 1.3 },
    {
      part: "p99",
      unit: "ms",
      ours: percentile(ours!, 0.99),
      peer: "their p99s",
      theirs: sum(0.99),
    },
  ];
};

/** Runs of `work` that each begin when nothing else is going on. */
function rested(work: () => Promise<unknown>) {
  return async (): Promise<number[]> => {
    const taken: number[] = [];
    for (let n = 0; n < COUNT; n++) {
      await sleep(10); // What follows a mail (the record, the job's end) is over by then.
      taken.push(...(await times(1, work)));
    }
    return taken;
  };
}

/** Sends one mail, such as the product sends, on a connection that is open already. */
async function openTransport(url: string): Promise<() => Promise<unknown>> {
  const transport = createTransport({ url, pool: true, maxConnections: 1, maxMessages: Infinity });
  const mail = aMail();
  return () => transport.sendMail(mail);
}
