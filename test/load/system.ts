import { withClient } from "../servers/postgres.ts";
import { residentMemory } from "../servers/resident-memory.ts";
import { CROWD } from "../system/environment.ts";
import { startSystem } from "../system/start-system.ts";

/** One web and one worker with what they need, all on this machine, and how they are. */
export interface MeasuredSystem {
  webPort: number;
  /** Takes the mails that have come since, so that they need not be kept. */
  takeMails(): { to: string }[];
  /**
   * Users without a mail, of how many; and milliseconds from a sign-up to the record of its mail, of
   * those who have come since.
   */
  mails(since: Date): Promise<{ owed: number; users: number; p50: number; p99: number }>;
  /** Resident memory in MB. */
  memory(): { web: number; worker: number };
  stop(): Promise<void>;
}

export async function startMeasuredSystem(): Promise<MeasuredSystem> {
  const system = await startSystem({ env: CROWD });
  const { webs, workers, sink, databaseUrl, url } = system;
  const [web, worker] = [webs[0]!, workers[0]!];
  return {
    webPort: Number(new URL(url).port),
    takeMails: () => sink.mails.splice(0),
    mails: (since) =>
      withClient(databaseUrl, async (client) => {
        const { rows } = await client.query(
          `with delay as (
             select extract(epoch from v.sent_at - u.created_at) * 1000 as ms,
                    u.created_at >= $1 as late
             from users u join email_verifications v on v.id = u.verification_id
           )
           select count(*)::int as users, (count(*) filter (where ms is null))::int as owed,
                  round(percentile_cont(0.5) within group (order by ms) filter (where late))::int as p50,
                  round(percentile_cont(0.99) within group (order by ms) filter (where late))::int as p99
           from delay`,
          [since],
        );
        return rows[0];
      }),
    memory: () => ({ web: residentMemory(web.program), worker: residentMemory(worker.program) }),
    stop: () => system.stop(),
  };
}
