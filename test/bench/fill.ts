import type { Knex } from "knex";

/** Runs `one` that many times, at most 20 at once. */
export async function fill(count: number, one: () => Promise<unknown>): Promise<void> {
  let left = count;
  const client = async () => {
    while (left-- > 0) await one();
  };
  await Promise.all(Array.from({ length: 20 }, client));
}

/** Resolves once nothing of a round is still being written down. */
export async function untilIdle(db: Knex): Promise<void> {
  while (await db("tx_jobs").whereNull("finished_at").first("id"))
    await new Promise((resolve) => setTimeout(resolve, 10));
}
