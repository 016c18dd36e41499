import type { Pool, PoolClient } from "pg";

/**
 * Runs `work` in a transaction of its own.
 * @returns what `work` returns, once that is committed
 * @throws what `work` throws, once all it did is rolled back; or PostgreSQL's error
 */
export async function inTransaction<T>(
  pool: Pool,
  work: (tx: PoolClient) => Promise<T>,
): Promise<T> {
  const tx = await pool.connect();
  let broken: Error | undefined;
  try {
    await tx.query("begin");
    const result = await work(tx);
    const { command } = await tx.query("commit");
    // PostgreSQL's answer if a statement has failed and `work` has swallowed the error.
    if (command === "ROLLBACK") throw new Error("a statement had failed: rolled back");
    return result;
  } catch (error) {
    // A connection that cannot even roll back must not go to the next caller.
    await tx.query("rollback").catch((reason: Error) => (broken = reason));
    throw error;
  } finally {
    tx.release(broken);
  }
}
