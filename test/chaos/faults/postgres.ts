import { setTimeout as sleep } from "node:timers/promises";
import { withClient } from "#test/servers/postgres.ts";
import { waitFor } from "#test/servers/wait-for.ts";
import type { ProxiedSystem } from "../system.ts";
import { lasting, type Faults } from "./fault.ts";

const part = "store";

/** The connections of webs and workers. */
const CONNECTIONS = `from pg_stat_activity
  where backend_type = 'client backend' and pid <> pg_backend_pid()`;

/** What befalls PostgreSQL. */
export const postgresFaults: Faults = {
  "postgres killed": lasting(
    part,
    [0, 2000],
    async ({ postgres }) => {
      postgres.server.crash();
      await postgres.program.ended;
    },
    ({ postgres }) => postgres.start(),
  ),
  "postgres restarted": lasting(
    part,
    [0, 2000],
    ({ postgres }) => postgres.program.stop(),
    ({ postgres }) => postgres.start(),
  ),
  "postgres frozen": {
    part,
    lasts: [300, 4000],
    async strike({ postgres }, ms) {
      const thaw = await waitFor("PostgreSQL to answer", () => postgres.server.freeze());
      await sleep(ms);
      thaw();
    },
  },
  // PostgreSQL then ends all of them and recovers, as shared memory may have been damaged.
  "postgres connection killed": lasting(part, [0, 0], async (system) => {
    const [oldest] = await ask(system, `select pid ${CONNECTIONS} order by xact_start limit 1`);
    if (oldest) process.kill(oldest.pid, "SIGKILL");
  }),
  "postgres connections closed": lasting(part, [0, 0], (system) =>
    ask(system, `select pid, pg_terminate_backend(pid) ${CONNECTIONS}`),
  ),
};

/** Runs a query, as soon as PostgreSQL has recovered from what befell it before. */
function ask({ databaseUrl }: ProxiedSystem, query: string): Promise<{ pid: number }[]> {
  return waitFor("PostgreSQL to answer", () =>
    withClient(databaseUrl, async (client) => (await client.query(query)).rows),
  );
}
