import type { Queue } from "bullmq";
import type { Handler, Hono } from "hono";

/** Bull Board, loaded on first use. */
export function createQueueBoard(queues: Queue[]): Handler {
  let board: Promise<Hono> | undefined;
  return async ({ req, env }) => (await (board ??= load(queues))).fetch(req.raw, env);
}

async function load(queues: Queue[]): Promise<Hono> {
  const { openBoard } = await import("./open-board.ts");
  return openBoard(queues);
}
