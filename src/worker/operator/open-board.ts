import { createBullBoard } from "@bull-board/api";
import { BullMQAdapter } from "@bull-board/api/bullMQAdapter";
import { HonoAdapter } from "@bull-board/hono";
import { serveStatic } from "@hono/node-server/serve-static";
import type { Queue } from "bullmq";
import { Hono } from "hono";
import { brand } from "#src/platform/brand.ts";

/** Creates Bull Board at /queues. It is read-only, because jobs are managed in their rows, at /jobs. */
export function openBoard(queues: Queue[]): Hono {
  const serverAdapter = new HonoAdapter(serveStatic).setBasePath("/queues");
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })),
    serverAdapter,
    options: { uiConfig: { boardTitle: brand.name, hideDocsLink: true } },
  });
  return new Hono({ strict: false }).route("/queues", serverAdapter.registerPlugin());
}
