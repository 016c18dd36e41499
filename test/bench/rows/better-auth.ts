import { setTimeout as sleep } from "node:timers/promises";
import { loadEnv } from "#src/platform/env.ts";
import { residentMemory } from "#test/servers/resident-memory.ts";
import { call } from "#test/system/call.ts";
import { aSignup } from "#test/system/person.ts";
import { startSystem } from "#test/system/start-system.ts";
import { compareRounds, interleave, median, percentile, times } from "../measure.ts";
import { PHRASE } from "../phrase.ts";
import { mainThreadTime, processorTime } from "../processor-time.ts";
import type { Bench, Line, Measure } from "../row.ts";
import { signUpOverHttp } from "../sign-up-over-http.ts";
import { startSink, type Sink } from "../sink.ts";
import { freshEnv } from "../stage.ts";
import { startBetterAuth } from "../start-better-auth.ts";

/** Sign-ups a round, and how many people make them. */
const [COUNT, CLIENTS] = [160, 32];

/** Passwords of the lengths that are compared. */
const PASSWORDS = [12, 22, 35, 64].map((length) => PHRASE.slice(0, length));

/** The length at which most is told. */
const USUAL = 35;

/** Rounds that count, for each length of password. */
const ROUNDS = 5;

/** Sign-ups a round, one after the other. */
const ALONE = 40;

/** Milliseconds until what follows a mail (the record, the job's end) is over. */
const REST = 200;

const PEER = "Better Auth";

/** One of the two, as its users have it. */
interface Contender {
  what: string;
  sink: Sink;
  signUp: (password: string) => Promise<unknown>;
  /** The processes that take part, and the leashes that hold them. */
  processes: Record<string, number>;
  memory: () => number;
}

/** What a round came to. */
interface Round {
  perSecond: number;
  /** Milliseconds from each click to its answer. */
  waits: number[];
  /** Milliseconds of a core per sign-up, by process. */
  cost: Record<string, number>;
  /** The part of web's cost that is not on other threads, as hashing is. */
  mainThread: number;
}

/** The whole flow, until every mail is delivered, beside what many would pick instead. */
export const measure: Measure = async (bench) => {
  const [enlist, betterAuth] = [await startEnlist(bench), await startPeer(bench)];
  const sides = [enlist.side, betterAuth.side];
  const lines: Line[] = [memory("at rest", sides)];
  for (const password of PASSWORDS) {
    bench.say(`passwords of ${password.length} characters`);
    lines.push(...(await compareUnderLoad(sides, password, bench)));
  }
  lines.push(memory("after all of these", sides));
  bench.say("one at a time");
  lines.push(...(await compareAlone(sides, bench)));
  await Promise.all([enlist.stop(), betterAuth.stop()]);
  return lines;
};

async function compareUnderLoad(
  sides: Contender[],
  password: string,
  { say }: Bench,
): Promise<Line[]> {
  const rounds: Round[][] = sides.map(() => []);
  await interleave(
    sides.map((side, index) => ({
      what: side.what,
      async run() {
        const round = await load(side, password);
        rounds[index]!.push(round);
        return [round.perSecond];
      },
    })),
    say,
    ROUNDS,
  );
  const [ours, theirs] = rounds.map((all) => all.slice(1)); // Without the warm-up.
  const compare = (value: (round: Round) => number) => ({
    peer: PEER,
    ...compareRounds(ours!.map(value), theirs!.map(value)),
  });
  const wait = (share: number) => compare(({ waits }) => percentile(waits, share));
  const length = `${password.length} characters`;
  const rate: Line = {
    part: length,
    unit: "/s",
    ...compare((round) => round.perSecond),
    atLeast: 1,
  };
  const total: Line = {
    part: `${length}, of a core`,
    unit: "ms",
    ...compare(({ cost }) => Object.values(cost).reduce((sum, one) => sum + one, 0)),
  };
  if (password.length !== USUAL) return [rate, total];
  const costOf = (process: string) => {
    if (process in sides[1]!.processes) return compare(({ cost }) => cost[process]!);
    return { peer: PEER, ours: median(ours!.map(({ cost }) => cost[process]!)), theirs: 0 };
  };
  return [
    rate,
    { part: `${length}, answer, p50`, unit: "ms", ...wait(0.5) },
    { part: `${length}, answer, p99`, unit: "ms", ...wait(0.99) },
    total,
    { part: "web's main thread", unit: "ms", ...compare((round) => round.mainThread) },
    ...Object.keys(sides[0]!.processes).map((name) => ({
      part: `of that, ${name}`,
      unit: "ms",
      ...costOf(name),
    })),
  ];
}

/** Runs one round: signs up {@link COUNT} people, and waits until every mail is delivered. */
async function load({ sink, signUp, processes }: Contender, password: string): Promise<Round> {
  const used = () =>
    Object.entries(processes).map(([name, pid]) => [name, processorTime(pid)] as const);
  const mailed = sink.reached(sink.count() + COUNT);
  const before = Object.fromEntries(used());
  const thread = mainThreadTime(processes.web!);
  const waits: number[] = [];
  const begin = performance.now();
  const client = async () => {
    waits.push(...(await times(COUNT / CLIENTS, () => signUp(password))));
  };
  await Promise.all([...Array.from({ length: CLIENTS }, client), mailed]);
  const perSecond = (COUNT * 1000) / (performance.now() - begin);
  await sleep(REST);
  const cost = Object.fromEntries(
    used().map(([name, milliseconds]) => [name, (milliseconds - before[name]!) / COUNT]),
  );
  return { perSecond, waits, cost, mainThread: (mainThreadTime(processes.web!) - thread) / COUNT };
}

/** From click to mail, if nobody else is there. */
async function compareAlone(sides: Contender[], { say }: Bench): Promise<Line[]> {
  const runs = sides.map(({ what, sink, signUp }) => ({
    what,
    async run() {
      const taken: number[] = [];
      for (let n = 0; n < ALONE; n++) {
        await sleep(10);
        const mailed = sink.reached(sink.count() + 1);
        taken.push(
          ...(await times(1, () => Promise.all([signUp(PHRASE.slice(0, USUAL)), mailed]))),
        );
      }
      return taken;
    },
  }));
  const [ours, theirs] = await interleave(runs, say);
  return [0.5, 0.99].map((share) => ({
    part: `from click to mail, p${share * 100}`,
    unit: "ms",
    ours: percentile(ours!, share),
    peer: PEER,
    theirs: percentile(theirs!, share),
    ...(share === 0.5 ? { atMost: 1 } : {}),
  }));
}

function memory(when: string, [ours, theirs]: Contender[]): Line {
  return {
    part: `memory, ${when}`,
    unit: "MB",
    ours: ours!.memory(),
    peer: PEER,
    theirs: theirs!.memory(),
  };
}

async function startEnlist({ env, servers }: Bench) {
  const sink = await startSink();
  const own = { ...env, SMTP_URL: sink.url };
  const system = await startSystem({ given: own, migrated: true, env: own });
  const [[web], [worker]] = [system.webs, system.workers];
  const side: Contender = {
    what: "Enlist",
    sink,
    signUp: (password) => signUpOverHttp(system.url, { password }),
    processes: { web: web!.program.pid, worker: worker!.program.pid, ...servers },
    memory: () => residentMemory(web!.program) + residentMemory(worker!.program),
  };
  return { side, stop: () => system.stop() };
}

async function startPeer({ env, servers }: Bench) {
  const sink = await startSink();
  const { DATABASE_POOL: pool, CRITICAL_CONCURRENCY: connections } = loadEnv();
  const own = { ...(await freshEnv(env)), SMTP_URL: sink.url };
  const { program, url } = await startBetterAuth(own, { pool, connections });
  const side: Contender = {
    what: PEER,
    sink,
    signUp: async (password) => {
      const { fullName: name, email } = aSignup();
      const { status } = await call(`${url}/api/auth/sign-up/email`, {
        body: { name, email, password },
      });
      if (status !== 200) throw new Error(`${PEER} answered ${status}`);
    },
    processes: { web: program.pid, PostgreSQL: servers.PostgreSQL },
    memory: () => residentMemory(program),
  };
  return { side, stop: () => program.stop() };
}
