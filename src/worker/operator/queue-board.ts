import type { Queue } from "bullmq";
import type { Handler, Hono } from "hono";

/**
 * Bull Board at /queues: the messages that wait, run and are delayed, to look at. It is loaded by the
 * first who looks. It changes nothing: what is to be done about a job is done to its row, at /jobs.
 */
export function createQueueBoard(queues: Queue[]): Handler {
  let board: Promise<Hono> | undefined;
  return async ({ req, env }) => (await (board ??= load(queues))).fetch(req.raw, env);
}

async function load(queues: Queue[]): Promise<Hono> {
  const [hono, { serveStatic }, { HonoAdapter }, { createBullBoard }, { BullMQAdapter }] =
    await Promise.all([
      import("hono"),
      import("@hono/node-server/serve-static"),
      import("@bull-board/hono"),
      import("@bull-board/api"),
      import("@bull-board/api/bullMQAdapter"),
    ]);
  const serverAdapter = new HonoAdapter(serveStatic).setBasePath("/queues");
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })),
    serverAdapter,
    options: { uiConfig: { boardTitle: "Enlist", hideDocsLink: true } },
  });
  return new hono.Hono({ strict: false }).route("/queues", serverAdapter.registerPlugin());
}
