import type { Pool } from "pg";
import { formatMoney } from "./format-money.ts";
import { printTable } from "./print-table.ts";

/** Prints what the bank holds: balances, entries, receipts. */
export async function printBooks(pool: Pool): Promise<void> {
  const read = async (text: string) => (await pool.query<Record<string, string>>(text)).rows;

  const accounts = await read(
    `select owner, currency, balance,
       (select sum(amount) from entries where account_id = accounts.id) as entries
     from accounts order by id`,
  );
  printTable(
    "Accounts",
    accounts.map(({ owner, currency, balance, entries }) => ({
      owner: owner!,
      balance: formatMoney(BigInt(balance!), currency!),
      "sum of entries": formatMoney(BigInt(entries!), currency!),
    })),
  );

  const entries = await read(
    `select coalesce(transfer_id::text, 'opening') as transfer, owner, currency, amount
     from entries join accounts on accounts.id = account_id order by entries.id`,
  );
  printTable(
    "Entries",
    entries.map(({ transfer, owner, currency, amount }) => ({
      transfer: transfer!,
      owner: owner!,
      amount: formatMoney(BigInt(amount!), currency!),
    })),
  );

  const receipts = await read("select transfer_id, text from receipts order by transfer_id");
  printTable(
    "Receipts",
    receipts.map(({ transfer_id, text }) => ({ transfer: transfer_id!, text: text! })),
  );
}
