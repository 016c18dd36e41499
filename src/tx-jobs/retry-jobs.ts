import { toArray, type Connection } from "./connection.ts";

/**
 * Retries failed jobs from the first attempt, and makes waiting jobs due now. Workers find them
 * within seconds. Leased and done jobs stay as they are.
 * @param which job ids, or a name: all failed jobs of that name
 * @returns the ids of the jobs that will run
 */
export async function retryJobs(
  db: Connection,
  which: { ids: string[] } | { name: string },
): Promise<string[]> {
  const byIds = "ids" in which;
  const rows = await db.run<{ id: string }>({
    text: `update tx_jobs
      set finished_at = null, outcome = null, due_at = clock_timestamp(), lost = 0,
          attempts = case when outcome = 'failed' then 0 else attempts end
      where ${byIds ? "id = any ($1::uuid[]) and outcome is distinct from 'done'" : "name = $1::text and outcome = 'failed' and finished_at is not null"}
        and leased_until is null
      returning id`,
    values: [byIds ? toArray(which.ids) : which.name],
  });
  return rows.map(({ id }) => id);
}
