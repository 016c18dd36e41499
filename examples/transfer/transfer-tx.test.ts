import { randomUUID } from "node:crypto";
import { expect, inject, it } from "vitest";
import { openAccount } from "./open-account.ts";
import { testBank } from "./test-bank.ts";
import { TransferRefused } from "./transfer-refused.ts";
import { transferTx } from "./transfer-tx.ts";

const bank = await testBank({ redisUrl: inject("redisUrl"), prefix: `test-${randomUUID()}` });
const open = (owner: string, currency: string, balance: bigint) =>
  openAccount(bank.pool, { owner, currency, balance });
const ada = await open("Ada", "EUR", 100n);
const ben = await open("Ben", "EUR", 0n);
const chi = await open("Chi", "JPY", 100n);

/** Everything that a transfer may change. */
const everything = () =>
  bank.rows(`select (select json_agg(balance order by id) from accounts) as balances,
    (select json_agg(amount order by id) from entries) as entries,
    (select json_agg(amount order by id) from transfers) as transfers,
    (select json_agg(payload order by created_at) from tx_jobs) as jobs`);

it.each([
  ["wrong amount: 0 is no positive integer", ben, 0n],
  ["wrong amount: -1 is no positive integer", ben, -1n],
  ["wrong amount: 1.5 is no positive integer", ben, 1.5 as unknown as bigint],
  [`same account: from ${ada} to itself`, ada, 50n],
  ["unknown account: there is no account 404", "404", 50n],
  ["another currency: from EUR to JPY", chi, 50n],
  [`insufficient funds: account ${ada} has 100`, ben, 101n],
])("refuses and changes nothing: %s", async (message, toAccountId, amount) => {
  const before = await everything();
  const refused = transferTx(bank, { fromAccountId: ada, toAccountId, amount });
  await expect(refused).rejects.toBeInstanceOf(TransferRefused);
  await expect(refused).rejects.toThrow(message);
  expect(await everything()).toEqual(before);
});

it("moves the money and enlists one receipt", async () => {
  const made = await transferTx(bank, { fromAccountId: ada, toAccountId: ben, amount: 100n });
  expect(made).toMatchObject({ fromBalance: 0n, toBalance: 100n });
  expect(await everything()).toEqual([
    {
      balances: [0, 100, 100],
      entries: [100, 0, 100, -100, 100],
      transfers: [100],
      jobs: [{ transferId: made.transferId }],
    },
  ]);
});
