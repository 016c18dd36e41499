import { stopOnSignal } from "../system/stop-on-signal.ts";
import { signUpBacklog } from "./backlog.ts";
import { gather, warmUp } from "./crowd.ts";
import { plan } from "./plan.ts";
import { writeReport, type Report } from "./report.ts";
import { strikeAll } from "./strike.ts";
import { startProxiedSystem, type ProxiedSystem } from "./system.ts";

export interface CampaignOptions {
  faults: number;
  seed: number;
  /** How many mails are due already as it begins. */
  backlog: number;
  /** The kinds of faults that may strike. */
  kinds: string[];
  /** Gets a line whenever something has happened. */
  say: (line: string) => void;
}

/** Milliseconds that everything gets to come right, once nothing is broken any more. */
const RECOVERY = 180_000;

/** Milliseconds more for each mail that was due before it began. */
const PER_MAIL = 20;

/** Runs a whole campaign on a system of its own, and gives account of it. */
export async function campaign(options: CampaignOptions): Promise<Report> {
  options.say("starting PostgreSQL, Redis, two webs and two workers …");
  const system = await startProxiedSystem();
  stopOnSignal(() => {
    options.say("stopping …");
    return system.stop();
  });
  try {
    return await run(system, options);
  } finally {
    await system.stop();
  }
}

async function run(
  system: ProxiedSystem,
  { faults, seed, backlog, kinds, say }: CampaignOptions,
): Promise<Report> {
  say("signing up the first, until all of it is warm …");
  await warmUp(system);
  if (backlog > 0) {
    say(`signing up ${backlog}, whose mails are due …`);
    await signUpBacklog(system, backlog);
  }
  const crowd = gather(system, seed);
  const { people } = crowd;
  const struck = await strikeAll(system, plan(faults, seed, kinds), (name, count) => {
    const acknowledged = people.filter((person) => person.acknowledged.size > 0).length;
    const done = `${String(count).padStart(String(faults).length)}/${faults}`;
    say(`${done}  ${name.padEnd(50)} ${people.length} sign-ups, ${acknowledged} acknowledged`);
  });
  crowd.close();
  say("everything is healthy again; waiting until nobody waits for anything …");
  const healedAt = Date.now();
  const patience = RECOVERY + backlog * PER_MAIL;
  await crowd.leave(patience);
  return writeReport({ system, people, struck, healedAt, deadline: healedAt + patience, say });
}
