import { z } from "zod";
import { defineJob } from "#src/tx-jobs/index.ts";

/** The job that `transferTx` enlists and a worker does: write the receipt for one transfer. */
export const sendReceipt = defineJob({
  name: "send-receipt",
  queue: "receipts",
  payload: z.object({ transferId: z.string() }),
});
