/**
 * Counts at once, because each count waits for Redis, and waits for all of them, so that each can be
 * undone.
 * @throws the first one's failure, in the order given
 */
export async function settleAll(counts: Promise<unknown>[]): Promise<void> {
  const ended = await Promise.allSettled(counts);
  const failed = ended.find((one) => one.status === "rejected");
  if (failed) throw failed.reason;
}
