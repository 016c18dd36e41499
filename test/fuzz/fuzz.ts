import fc from "fast-check";
import { canonicalAddress } from "#src/shared/canonical-address.ts";
import { waitFor } from "../servers/wait-for.ts";
import { acknowledgedBy, checkAnswers, checkLog, checkRows, type Row } from "./check.ts";
import { checkDescribed } from "./check-described.ts";
import { createAnswerCheck, type AnswerCheck } from "../system/check-answer.ts";
import { residentMemory } from "../servers/resident-memory.ts";
import { play } from "./play.ts";
import { scenarios, type Scenario } from "./scenario.ts";
import { stopOnSignal } from "../system/stop-on-signal.ts";
import { startReadableSystem, type ReadableSystem } from "./system.ts";

export interface FuzzOptions {
  /** How many requests are sent at least. */
  requests: number;
  seed: number;
  /** Gets a line whenever there is something to say. */
  say: (line: string) => void;
}

/** What came of it. */
export interface Report {
  requests: number;
  scenarios: number;
  signups: number;
  verified: number;
  /** How often each status was answered. */
  statuses: Record<string, number>;
  /** Megabytes that web had when it was warm, and at the end. */
  memory: { warm: number; end: number };
  seconds: number;
  /** What broke a rule, the smallest that was found; empty where nothing did. */
  violations: string[];
}

/** Scenarios that one run of fast-check generates; each has the next seed. */
const RUN = 20;

/** Milliseconds after which a run ends as it stands: what hangs takes long to be made smaller. */
const RUN_LIMIT = 120_000;

/** A 503 is a violation if a scenario gets one in each try; otherwise the machine was overloaded. */
const TRIES = 3;

/** Megabytes that web may gain until V8 looks for what is left, and for each thousand requests besides. */
const GROWTH = { once: 300, aThousand: 5 };

/** Requests after which web is warm: compiled, its connections and caches filled. */
const WARM = 250;

/** Sends generated requests to a system of its own, and sees that every rule holds. */
export async function fuzz(options: FuzzOptions): Promise<Report> {
  options.say("starting PostgreSQL, Redis, a mail server, web and worker …");
  const system = await startReadableSystem();
  stopOnSignal(() => system.stop());
  try {
    return await run(system, options);
  } finally {
    await system.stop();
  }
}

async function run(system: ReadableSystem, { requests, seed, say }: FuzzOptions): Promise<Report> {
  const began = Date.now();
  const examiner = createExaminer(system, createAnswerCheck(await readDocument(system)));
  const { tally } = examiner;
  let warm = 0;
  let violations: string[] = [];
  for (let n = 0; tally.requests < requests && violations.length === 0; n++) {
    const property = fc.asyncProperty(scenarios, examiner.examine);
    const result = await fc.check(property, {
      seed: seed + n,
      numRuns: RUN,
      interruptAfterTimeLimit: RUN_LIMIT,
    });
    if (result.failed) {
      violations = examiner.last();
      say(`seed ${seed + n}, after ${result.numShrinks} shrinks:`);
      say(fc.stringify(result.counterexample?.[0]).slice(0, 10_000));
    }
    if (warm === 0 && tally.requests >= WARM) warm = memoryOf(system);
    say(
      `${tally.requests}/${requests} requests, ${tally.signups} sign-ups, ${memoryOf(system)} MB`,
    );
  }
  if (violations.length === 0) violations = await examiner.conclude();
  const end = system.web.hasEnded() ? 0 : memoryOf(system);
  const bound = warm + GROWTH.once + (GROWTH.aThousand * tally.requests) / 1000;
  if (warm > 0 && end > bound) violations.push(`web has grown from ${warm} MB to ${end} MB`);
  const seconds = Math.round((Date.now() - began) / 1000);
  return { ...tally, memory: { warm, end }, seconds, violations };
}

interface Examiner {
  tally: Pick<Report, "requests" | "scenarios" | "signups" | "verified" | "statuses">;
  /** Plays a scenario. @throws where a rule was broken */
  examine: (scenario: Scenario) => Promise<void>;
  /** What was wrong with the last scenario. */
  last(): string[];
  /** What is wrong when all has come to rest. */
  conclude(): Promise<string[]>;
}

function createExaminer(system: ReadableSystem, check: AnswerCheck): Examiner {
  const tally: Examiner["tally"] = {
    requests: 0,
    scenarios: 0,
    signups: 0,
    verified: 0,
    statuses: {},
  };
  const promised = new Set<string>();
  let known = new Set<string>();
  let wrong: string[] = [];

  const readRows = async (): Promise<Row[]> => {
    const { rows } = await system.db.raw<{ rows: Row[] }>(
      `select id, username, full_name, email_verified_at is not null as verified from users`,
    );
    const fresh = rows.filter(({ id }) => !known.has(id));
    known = new Set(rows.map(({ id }) => id));
    return fresh;
  };

  const examine = async (scenario: Scenario): Promise<string[]> => {
    const { own, played } = await play(system, scenario);
    tally.scenarios++;
    for (const { answers, request } of played) {
      tally.requests += request.is === "pipeline" ? request.requests.length : 1;
      const statuses = answers.length > 0 ? answers.map(({ status }) => String(status)) : ["none"];
      for (const status of statuses) tally.statuses[status] = (tally.statuses[status] ?? 0) + 1;
    }
    const found = [...checkAnswers({ own, played }), ...checkDescribed(played, check)];
    if (system.web.hasEnded()) return [...found, `web ${await system.web.ended}`];
    if (system.worker.hasEnded()) return [...found, `the worker ${await system.worker.ended}`];
    await takePulse(system, `pulse-${tally.scenarios}`);
    const acknowledged = acknowledgedBy(played);
    const rows = await readRows();
    tally.signups += rows.length;
    tally.verified += rows.filter(({ verified }) => verified).length;
    for (const email of acknowledged.emails) promised.add(email);
    return [...found, ...checkRows(rows, acknowledged), ...checkLog(system.readLog(), own)];
  };

  return {
    tally,
    examine: async (scenario) => {
      let found: string[] = [];
      for (let tries = 0; tries < TRIES; tries++) {
        found = await examine(scenario).catch(async (error: unknown) => {
          await readRows(); // They are not the next scenario's.
          return [String(error)];
        });
        if (!found.some((what) => what.startsWith("503"))) break;
      }
      if (found.length === 0) return;
      wrong = found;
      throw new Error(found[0]);
    },
    last: () => wrong,
    async conclude() {
      const owed = async () => {
        const { rows } = await system.db.raw<{ rows: [{ count: number }] }>(
          `select count(*)::int from users
           where email_verified_at is null and verification_id in
             (select id from email_verifications where sent_at is null)`,
        );
        return rows[0].count;
      };
      await waitFor("all mails to be sent", async () => (await owed()) === 0, 60_000);
      // The mail server shows a domain decoded, as people write it.
      const addresses = system.sink.mails.map(({ to }) => canonicalAddress(to.toLowerCase()));
      const stray = addresses.filter((address) => !promised.has(address));
      const late = await readRows();
      return [
        ...stray.map((address) => `a mail to ${address}, which nobody was told of`),
        ...late.map(() => "a row that came when all was over"),
      ];
    },
  };
}

/** Sees that web still answers; by then it has logged all that came before. */
async function takePulse({ web, port }: ReadableSystem, id: string): Promise<void> {
  const headers = { "x-request-id": id };
  const response = await fetch(`http://localhost:${port}/signup`, { headers });
  await response.arrayBuffer();
  await web.said(new RegExp(`"requestId":"${id}"`));
}

/** How web describes its API. */
async function readDocument({ port }: ReadableSystem): Promise<object> {
  return (await (await fetch(`http://localhost:${port}/api/openapi.json`)).json()) as object;
}

/** Web's resident memory, in whole MB. */
function memoryOf({ web }: ReadableSystem): number {
  return Math.round(residentMemory(web));
}
