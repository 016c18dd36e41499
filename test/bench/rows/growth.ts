import { randomUUID } from "node:crypto";
import type { Knex } from "knex";
import { createDb } from "#src/platform/db.ts";
import { isUsernameAvailable } from "#src/signup/is-username-available.ts";
import { fromKnex } from "#src/tx-jobs/index.ts";
import { createFloor } from "#src/tx-jobs/floor.ts";
import { takeDue } from "#src/tx-jobs/take.ts";
import { interleave, percentile, times } from "../measure.ts";
import type { Line, Measure } from "../row.ts";
import { openServices } from "../services.ts";
import { populate } from "../populate.ts";
import { aSignup } from "#test/system/person.ts";
import { commitSignup } from "../signups.ts";
import { freshEnv } from "../stage.ts";

/** How many users there are; the first is what the others are compared with. */
const SIZES = [1_000, 100_000, 1_000_000];

/** What is measured of each size: how often a round, what, and which percentiles of it. */
const TASKS: { what: string; count: number; shares: number[]; run: Task }[] = [
  {
    what: "availability check",
    count: 25,
    shares: [0.5],
    run: ({ db }) => isUsernameAvailable({ db, reserved: new Set() }, aSignup().username),
  },
  {
    what: "worker's poll",
    count: 5,
    shares: [0.5],
    run: poll,
  },
  { what: "transaction", count: 100, shares: [0.5, 0.99], run: (town) => commitSignup(town) },
];

type Services = Awaited<ReturnType<typeof openServices>>;
type Task = (town: Services) => Promise<unknown>;

/** What a worker asks the table every two seconds, while nothing is due. */
async function poll({ db }: Services): Promise<void> {
  const connection = fromKnex(db);
  const { floorMs, nowMs } = await createFloor("verify-email").find(connection);
  const taking = { db: connection, workerId: randomUUID(), leaseMs: 30_000 };
  await takeDue(taking, "verify-email", {
    ...{ limit: 15, graceMs: 1000, floorMs, takeOverUntilMs: nowMs, except: "{}" },
  });
}

/** Whether what is done often stays as fast when there are a thousand times as many users. */
export const measure: Measure = async ({ env, say }) => {
  const services = await openServices();
  const towns: Services[] = [];
  for (const size of SIZES) {
    const { DATABASE_URL = "" } = await freshEnv(env);
    const db = createDb({ url: DATABASE_URL, pool: 10 });
    say(`making ${size.toLocaleString("en")} users`);
    await populate(DATABASE_URL, size);
    towns.push({ ...services, db });
  }
  const lines: Line[] = [];
  for (const { what, count, shares, run } of TASKS) {
    say(what);
    const taken = await interleave(
      towns.map((town, index) => ({
        what: SIZES[index]!.toLocaleString("en"),
        run: () => times(count, () => run(town)),
      })),
      say,
      40, // Short ones: what the machine does besides lasts for seconds.
    );
    for (const share of shares) {
      for (const [index, size] of SIZES.entries()) {
        if (index === 0) continue;
        lines.push({
          part: `${what}, p${share * 100}, ${size.toLocaleString("en")} users`,
          unit: "ms",
          ours: percentile(taken[index]!, share),
          peer: "1,000 users",
          theirs: percentile(taken[0]!, share),
          ...(size === 1_000_000 ? { atMost: 1.2 } : {}),
        });
      }
    }
  }
  await Promise.all(towns.map(({ db }: { db: Knex }) => db.destroy()));
  return lines;
};
