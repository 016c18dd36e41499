import type { Queue } from "bullmq";
import type { Handler, Hono } from "hono";
import { brand } from "#src/platform/brand.ts";

/**
 * Bull Board at /queues, loaded on first use. It is read-only, because jobs are managed in their
 * rows, at /jobs.
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
    options: { uiConfig: { boardTitle: brand.name, hideDocsLink: true } },
  });
  return new hono.Hono({ strict: false }).route("/queues", serverAdapter.registerPlugin());
}
