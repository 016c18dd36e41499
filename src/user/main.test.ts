import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { testDatabase } from "#test/fixtures/database.ts";
import { aUser, enqueueUnrung } from "#test/fixtures/user.ts";
import { ROOT } from "#test/servers/folder.ts";
import { fromSources } from "#test/system/command.ts";

// This file runs without Redis.
const database = await testDatabase();
const { db } = database;

/** Runs `npm run user`, and returns its output and exit code. */
function run(args: string[], url = database.url) {
  const own = { DATABASE_URL: url, REDIS_URL: "", WEBHOOK_URL: "https://app.example/hooks" };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...fromSources("user"), ...args],
    { cwd: ROOT, encoding: "utf8", env: { ...process.env, ...own } },
  );
  return { status, stdout, stderr };
}

const aClaim = (email?: string) =>
  aUser(db, { afterCreate: enqueueUnrung, ...(email ? { email } : {}) });

async function anAccount(email?: string) {
  const user = await aClaim(email);
  await db("users").where({ id: user.id }).update({ email_verified_at: db.fn.now() });
  return user;
}

const eventsOf = (id: string) => db("tx_jobs").whereRaw("payload->>'userId' = ?", [id]);

describe("npm run user -- find", () => {
  it("finds a person by id, username or address, in any spelling", async () => {
    const user = await anAccount();
    const line = new RegExp(
      `^${user.id}  [\\d-]+T[\\d:.]+Z  ${user.username}  ${user.email}  verified [\\d-]+T[\\d:.]+Z\n$`,
    );
    for (const query of [user.id, user.username.toUpperCase(), ` ${user.email.toUpperCase()}`]) {
      const found = run(["find", query]);
      expect(found).toMatchObject({ status: 0, stderr: "" });
      expect(found.stdout).toMatch(line);
    }
    const { stdout } = run(["find", user.email, "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ id: user.id, email: user.email });
    expect(stdout).not.toContain("argon2");
  });

  it("shows the account before claims on the same address", async () => {
    const claim = await aClaim();
    const account = await anAccount(claim.email);
    const ids = run(["find", claim.email])
      .stdout.split("\n")
      .map((line) => line.split(" ")[0]);
    expect(ids).toEqual([account.id, claim.id, ""]);
  });

  it("exits with 1 and a line if there is nobody", () => {
    expect(run(["find", randomUUID()])).toEqual({
      status: 1,
      stdout: "",
      stderr: "nobody has that address, username or id\n",
    });
  });
});

it("npm run user -- export prints everything stored except the password's hash", async () => {
  const user = await anAccount();
  const { status, stdout } = run(["export", user.id]);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject([
    {
      user: { id: user.id, username: user.username, fullName: user.fullName, email: user.email },
      verifications: [{ id: user.verificationId, email: user.email, sentAt: null }],
      events: [],
    },
  ]);
  expect(stdout).not.toContain("argon2");
});

describe("npm run user -- delete", () => {
  it("deletes an account and everything known about it, and enqueues user.deleted", async () => {
    const user = await anAccount();
    expect(run(["delete", user.username, "--yes"])).toEqual({
      status: 0,
      stdout: `${user.id}  deleted\n`,
      stderr: "",
    });
    expect(await db("users").where({ id: user.id })).toEqual([]);
    expect(await db("email_verifications").where({ user_id: user.id })).toEqual([]);
    expect(await db("tx_jobs").where({ id: user.verificationId })).toEqual([]);
    expect(await eventsOf(user.id)).toMatchObject([
      { name: "user.deleted", queue: "default", payload: { userId: user.id } },
    ]);
  });

  it("exports and deletes an invitation to the same address, whose mail is still to come", async () => {
    const user = await anAccount();
    const id = randomUUID();
    const expires_at = new Date(Date.now() + 3_600_000);
    const email = user.email.toUpperCase();
    await db("invitations").insert({ id, email, language: "en", expires_at });
    const [all] = JSON.parse(run(["export", user.email]).stdout);
    expect(all.invitations).toMatchObject([{ id, email }]);
    expect(run(["delete", user.id, "--yes"])).toMatchObject({ status: 0 });
    expect(await db("invitations").where({ id })).toEqual([]);
  });

  it("sends no event for a claim that the application never heard of", async () => {
    const claim = await aClaim();
    expect(run(["delete", claim.id, "--yes"])).toMatchObject({ status: 0 });
    expect(await db("users").where({ id: claim.id })).toEqual([]);
    expect(await eventsOf(claim.id)).toEqual([]);
  });

  it("deletes nothing without confirmation, or if an address has several users", async () => {
    const user = await anAccount();
    expect(run(["delete", user.id])).toMatchObject({ status: 1, stderr: "nothing was deleted\n" });
    await aClaim(user.email);
    const several = run(["delete", user.email, "--yes"]);
    expect(several.status).toBe(1);
    expect(several.stderr).toContain("that address has several: name one by its id");
    expect(await db("users").where({ email: user.email })).toHaveLength(2);
  });
});

describe("npm run user", () => {
  it("prints what is wrong and the usage, and exits with 2", () => {
    const { status, stdout, stderr } = run(["delete"]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr.split("\n")[0]).toBe("delete takes one address, username or id.");
    expect(stderr).toContain("npm run user -- find QUERY");
  });

  it("exits with 2 and one line if PostgreSQL is unavailable", () => {
    expect(run(["find", "ada"], "postgres://127.0.0.1:1/none")).toEqual({
      status: 2,
      stdout: "",
      stderr: "npm run user: PostgreSQL cannot be reached.\n",
    });
  });
});
