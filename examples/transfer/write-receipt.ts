import type { Pool } from "pg";
import { fromPg, handle } from "#src/tx-jobs/index.ts";
import { formatMoney } from "./format-money.ts";
import { inTransaction } from "./in-transaction.ts";
import { sendReceipt } from "./send-receipt.ts";

/**
 * Handles `send-receipt`: writes one receipt per transfer, exactly one, whatever becomes of the worker.
 * The end of the job and the receipt are one transaction, so neither is there without the other.
 */
export const writeReceipt = (pool: Pool) =>
  handle(sendReceipt, ({ transferId }, job) =>
    inTransaction(pool, async (tx) => {
      // First: a worker that has lost the job fails here, before it has done anything.
      await job.complete(fromPg(tx));
      const { rows } = await tx.query<Record<"payer" | "payee" | "amount" | "currency", string>>(
        `select payer.owner as payer, payee.owner as payee, amount, payer.currency
         from transfers
         join accounts payer on payer.id = from_account_id
         join accounts payee on payee.id = to_account_id
         where transfers.id = $1`,
        [transferId],
      );
      const { payer, payee, amount, currency } = rows[0]!;
      const text = `${payer} paid ${payee} ${formatMoney(BigInt(amount), currency)}`;
      await tx.query("insert into receipts (transfer_id, text) values ($1, $2)", [
        transferId,
        text,
      ]);
    }),
  );
