import type { Pool } from "pg";

/** Opens an account that holds `balance` minor units of a currency (ISO 4217). Returns its id. */
export async function openAccount(
  pool: Pool,
  { owner, currency, balance }: { owner: string; currency: string; balance: bigint },
): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `with account as (
       insert into accounts (owner, currency, balance) values ($1, $2, $3) returning id, balance
     )
     insert into entries (account_id, amount) select id, balance from account
     returning account_id as id`,
    [owner, currency, balance],
  );
  return rows[0]!.id;
}
