import type { Knex } from "knex";
import { isPoolExhausted } from "#src/platform/db.ts";

/** Runs `one` that many times, at most 20 at once. A disk that stalls for seconds must not end a row. */
export async function fill(count: number, one: () => Promise<unknown>): Promise<void> {
  let left = count;
  const client = async () => {
    while (left-- > 0) await one().catch(countAgain);
  };
  const countAgain = (error: unknown) => {
    if (!isPoolExhausted(error)) throw error;
    left++;
  };
  await Promise.all(Array.from({ length: 20 }, client));
}

/** Resolves once nothing of a round is still being written down. */
export async function untilIdle(db: Knex): Promise<void> {
  while (await db("tx_jobs").whereNull("finished_at").first("id"))
    await new Promise((resolve) => setTimeout(resolve, 10));
}
