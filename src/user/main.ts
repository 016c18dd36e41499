// npm run user: finds, exports and deletes the people who have signed up.
import { createInterface } from "node:readline/promises";
import type { Knex } from "knex";
import { loadUserEnv, orExit } from "#src/platform/env.ts";
import { readOrExit, runCommand } from "#src/platform/run-command.ts";
import { withoutRedis } from "#src/platform/without-redis.ts";
import { createAnnounce } from "#src/signup/user-events.ts";
import type { UserRow } from "#src/signup/user.ts";
import { deleteUser } from "./delete-user.ts";
import { exportUser } from "./export-user.ts";
import { findUsers } from "./find-users.ts";
import { readCommand, USAGE, type Command } from "./read-command.ts";

const command = readOrExit(() => readCommand(process.argv.slice(2)), USAGE);
const env = orExit(loadUserEnv);
await runCommand("npm run user", env.DATABASE_URL, (db) => run(db, command));

/** Returns the exit code: 1 if nobody was found, or if there are several where one is needed. */
async function run(db: Knex, { verb, query, json, yes }: Command): Promise<number> {
  const users = await findUsers(db, query);
  if (users.length === 0) {
    process.stderr.write("nobody has that address, username or id\n");
    return 1;
  }
  if (verb === "find") {
    for (const user of users) process.stdout.write(`${json ? toJson(user) : toLine(user)}\n`);
    return 0;
  }
  if (verb === "export") {
    const all = await Promise.all(users.map((user) => exportUser(db, user)));
    process.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
    return 0;
  }
  const [user, ...others] = users;
  if (others.length > 0) {
    process.stderr.write(
      `${users.map(toLine).join("\n")}\nthat address has several: name one by its id\n`,
    );
    return 1;
  }
  if (!yes && !(await isConfirmed(user!))) {
    process.stderr.write("nothing was deleted\n");
    return 1;
  }
  const isDeleted = await withoutRedis((jobs) =>
    deleteUser(db, createAnnounce(jobs, env.WEBHOOK_URL), user!.id),
  );
  process.stdout.write(isDeleted ? `${user!.id}  deleted\n` : `${user!.id}  was gone already\n`);
  return 0;
}

function toLine({ id, created_at, username, email, email_verified_at }: UserRow): string {
  const state = email_verified_at ? `verified ${email_verified_at.toISOString()}` : "not verified";
  return [id, created_at.toISOString(), username ?? "-", email, state].join("  ");
}

function toJson(user: UserRow): string {
  const { id, username, full_name: fullName, email, email_verified_at, created_at } = user;
  const times = { emailVerifiedAt: email_verified_at, createdAt: created_at };
  return JSON.stringify({ id, username, fullName, email, ...times });
}

async function isConfirmed(user: UserRow): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const typed = await terminal.question(`${toLine(user)}\nDelete this person for good? Type yes: `);
  terminal.close();
  return typed.trim() === "yes";
}
