import { CREATE_TABLE } from "#src/tx-jobs/index.ts";

/**
 * The statements that make all tables, the library's among them. Amounts are whole minor units of the
 * account's currency: cents for EUR, yen for JPY.
 */
export const SCHEMA: readonly string[] = [
  ...CREATE_TABLE,
  `create table accounts (
     id       bigint primary key generated always as identity,
     owner    text not null,
     currency text not null check (currency ~ '^[A-Z]{3}$'),
     balance  bigint not null check (balance >= 0)   -- always the sum of the account's entries
   )`,
  `create table transfers (
     id              bigint primary key generated always as identity,
     from_account_id bigint not null references accounts,
     to_account_id   bigint not null references accounts,
     amount          bigint not null check (amount > 0),
     created_at      timestamptz not null default now(),
     check (from_account_id <> to_account_id)
   )`,
  `create table entries (
     id          bigint primary key generated always as identity,
     account_id  bigint not null references accounts,
     transfer_id bigint references transfers,         -- null for what the account was opened with
     amount      bigint not null                      -- below zero for money that left
   )`,
  "create index entries_account on entries (account_id)",
  // A bank would make transfer_id unique as well; here the test is to see a second receipt.
  `create table receipts (
     id          bigint primary key generated always as identity,
     transfer_id bigint not null references transfers,
     text        text not null
   )`,
];
