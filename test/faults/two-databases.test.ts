import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { createDb } from "#src/platform/db.ts";
import type { NewUser } from "#src/signup/create-user-tx.ts";
import type { TestDatabase } from "../fixtures/database.ts";
import { testDatabase } from "../fixtures/database.ts";
import { testMailing } from "../fixtures/mailing.ts";
import { whenReady } from "../fixtures/services.ts";
import { migrate } from "../system/migrate.ts";
import { temporaryFolder } from "../servers/folder.ts";
import { startPostgres } from "../servers/postgres.ts";
import { waitFor } from "../servers/wait-for.ts";

/** A separate server, whose transaction ids mean other transactions elsewhere. */
const folder = temporaryFolder("enlist-restored");
const data = join(folder, "postgres");
const startOwn = (port?: number) =>
  startPostgres({ folder: data, settings: ["fsync=off"], ...(port ? { port } : {}) });
let postgres = await startOwn();
const url = postgres.url("postgres");
migrate(url);
const own: TestDatabase = { url, db: createDb({ url, pool: 5 }) };

const one = await testMailing(own);
// The same Redis and prefix, by mistake.
const other = await testMailing(await testDatabase(), {
  REDIS_PREFIX: one.services.env.REDIS_PREFIX,
});
await Promise.all([one, other].map(({ services }) => whenReady(services)));

afterAll(async () => {
  await own.db.destroy();
  await postgres.program.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Mailing = typeof one;

async function people(on: Mailing, count: number): Promise<NewUser[]> {
  const users: NewUser[] = [];
  for (let n = 0; n < count; n++) users.push(await on.signUp());
  return users;
}

/** Expects one mail to each person, from their own installation. */
async function expectMailed(on: Mailing, users: NewUser[]): Promise<void> {
  for (const user of users) {
    expect(await on.ended(user)).toMatchObject({ outcome: "done", takes: 1, attempts: 0 });
    expect(on.mailsTo(user)).toHaveLength(1);
  }
}

const isEmpty = () =>
  waitFor("each message to be consumed", async () => (await one.queue.count()) === 0);

it("F20 two installations share one Redis: each mails only its own people, once", async () => {
  const closings = [one.start(), other.start()];
  const users = await Promise.all([one, other].map((on) => people(on, 20)));
  await expectMailed(one, users[0]!);
  await expectMailed(other, users[1]!);
  await isEmpty();
  await Promise.all(closings.map((close) => close()));
  for (const { sink } of [one, other]) expect(sink.mails).toHaveLength(20);
});

it("F20 PostgreSQL is restored to an earlier time: lost users get no mail, all others one", async () => {
  const kept = await people(one, 5);
  await postgres.program.stop();
  const copy = (from: string, to: string) => {
    rmSync(to, { recursive: true, force: true });
    expect(spawnSync("cp", ["-a", from, to]).status).toBe(0);
  };
  const backup = join(folder, "backup");
  copy(data, backup);
  postgres = await startOwn(postgres.port);
  const gone = await people(one, 20);

  await postgres.program.stop();
  copy(backup, data);
  postgres = await startOwn(postgres.port);
  // Some of these reuse ids of lost transactions, whose messages still come first.
  const later = await people(one, 10);
  expect(await one.queue.count()).toBe(35);
  const close = one.start();
  await expectMailed(one, [...kept, ...later]);
  await isEmpty();
  await close();
  const mailed = new Set(one.sink.mails.map(({ to }) => to));
  expect(gone.filter(({ email }) => mailed.has(email))).toEqual([]);
});
