import type { Pool, PoolClient } from "pg";
import { fromPg, type Jobs } from "#src/tx-jobs/index.ts";
import { inTransaction } from "./in-transaction.ts";
import { sendReceipt } from "./send-receipt.ts";
import { TransferRefused } from "./transfer-refused.ts";

export interface Transfer {
  fromAccountId: string;
  toAccountId: string;
  /** Whole minor units (cents, say) of the currency that both accounts have; above zero. */
  amount: bigint;
}

export interface TransferResult {
  transferId: string;
  /** The balances after the transfer, in minor units. */
  fromBalance: bigint;
  toBalance: bigint;
}

/**
 * Moves money from one account to another and enlists the receipt for it, all in one transaction: the
 * transfer, its two entries, both balances and the job are kept together, or none of them is.
 * @throws {TransferRefused} with the reason; {EnqueueError} if Redis is unavailable: try again later;
 *   else PostgreSQL's error
 */
export async function transferTx(
  { pool, jobs }: { pool: Pool; jobs: Jobs },
  { fromAccountId, toAccountId, amount }: Transfer,
): Promise<TransferResult> {
  if (typeof amount !== "bigint" || amount <= 0n) {
    throw new TransferRefused("wrong amount", `${amount} is no positive integer`);
  }
  if (fromAccountId === toAccountId) {
    throw new TransferRefused("same account", `from ${fromAccountId} to itself`);
  }

  return inTransaction(pool, async (tx) => {
    const accounts = await lockAccounts(tx, [fromAccountId, toAccountId]);
    const from = accountOf(accounts, fromAccountId);
    const to = accountOf(accounts, toAccountId);
    if (from.currency !== to.currency) {
      throw new TransferRefused("another currency", `from ${from.currency} to ${to.currency}`);
    }
    if (from.balance < amount) {
      throw new TransferRefused("insufficient funds", `account ${from.id} has ${from.balance}`);
    }

    const { rows } = await tx.query<{ id: string }>(
      `insert into transfers (from_account_id, to_account_id, amount)
       values ($1, $2, $3) returning id`,
      [from.id, to.id, amount],
    );
    const transferId = rows[0]!.id;
    await tx.query(
      `insert into entries (transfer_id, account_id, amount)
       values ($1, $2, $3), ($1, $4, $5)`,
      [transferId, from.id, -amount, to.id, amount],
    );
    await tx.query(
      `update accounts set balance = balance + case id when $1 then -$3::bigint else $3 end
       where id in ($1, $2)`,
      [from.id, to.id, amount],
    );
    await jobs.enqueue(fromPg(tx), sendReceipt, { transferId });
    return { transferId, fromBalance: from.balance - amount, toBalance: to.balance + amount };
  });
}

interface Account {
  id: string;
  currency: string;
  balance: bigint;
}

/**
 * Locks in the order of the ids, whichever way the money goes: transfers between the same accounts
 * wait for each other, and never deadlock. `no key`, as foreign keys to an account need not wait.
 */
async function lockAccounts(tx: PoolClient, ids: string[]): Promise<Account[]> {
  const { rows } = await tx.query<Record<keyof Account, string>>(
    `select id, currency, balance from accounts
     where id = any ($1) order by id for no key update`,
    [ids],
  );
  return rows.map((row) => ({ ...row, balance: BigInt(row.balance) }));
}

function accountOf(accounts: Account[], id: string): Account {
  const account = accounts.find((one) => one.id === id);
  if (!account) throw new TransferRefused("unknown account", `there is no account ${id}`);
  return account;
}
