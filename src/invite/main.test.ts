import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { testDatabase } from "#test/fixtures/database.ts";
import { aUser } from "#test/fixtures/user.ts";
import { ROOT } from "#test/servers/folder.ts";
import { fromSources } from "#test/system/command.ts";
import { aPerson } from "#test/system/person.ts";

// This file runs without Redis.
const database = await testDatabase();
const { db } = database;

/** Runs `npm run invite`, and returns its output and exit code. */
function run(args: string[], settings: Record<string, string> = {}) {
  const own = { DATABASE_URL: database.url, REDIS_URL: "", CHECK_MAIL_DOMAINS: "reserved" };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...fromSources("invite"), ...args],
    { cwd: ROOT, encoding: "utf8", env: { ...process.env, ...own, ...settings } },
  );
  return { status, stdout, stderr };
}

const invitationsOf = (email: string) => db("invitations").where({ email });

it("invites, lists and withdraws", async () => {
  const { email } = aPerson();
  expect(run([` ${email}`, "--language", "ja"])).toEqual({
    status: 0,
    stdout: ` ${email}  is invited; a worker sends the mail\n`,
    stderr: "",
  });
  const [row] = await invitationsOf(email);
  expect(row.language).toBe("ja");
  expect(await db("tx_jobs").where({ id: row.id })).toMatchObject([{ name: "invite" }]);
  const created = row.created_at.toISOString();
  expect(run(["--list"]).stdout).toBe(`${row.id}  ${created}  ${email}  ja  mail waiting\n`);
  expect(JSON.parse(run(["--list", "--json"]).stdout)).toMatchObject({ email, language: "ja" });
  expect(run(["--withdraw", email.toUpperCase()])).toMatchObject({ status: 0, stderr: "" });
  expect(await invitationsOf(email)).toEqual([]);
  expect(run(["--withdraw", email])).toMatchObject({ status: 1, stdout: "" });
  expect(run(["--list"]).stdout).toBe("no invitation is open\n");
});

it("invites whom it can, and says why it did not invite the others", async () => {
  const account = await aUser(db);
  await db("users").where({ id: account.id }).update({ email_verified_at: db.fn.now() });
  const { email } = aPerson();
  const { status, stdout, stderr } = run(["nobody", account.email, "a@b.invalid", email]);
  expect(status).toBe(1);
  expect(stdout).toBe(`${email}  is invited; a worker sends the mail\n`);
  expect(stderr.split("\n")).toEqual([
    expect.stringMatching(/^nobody {2}This does not look like an e-mail address/),
    `${account.email}  has an account already, so there is nothing to invite to`,
    expect.stringMatching(/^a@b\.invalid {2}No mail can be sent to b\.invalid/),
    "",
  ]);
});

it("invites nobody while sign-ups are closed, or PostgreSQL is unavailable", async () => {
  const { email } = aPerson();
  expect(run([email], { SIGNUPS: "closed" })).toMatchObject({
    status: 1,
    stderr: "SIGNUPS is closed: nobody could use an invitation, so none was made\n",
  });
  expect(await invitationsOf(email)).toEqual([]);
  expect(run([email], { DATABASE_URL: "postgres://127.0.0.1:1/none" })).toEqual({
    status: 2,
    stdout: "",
    stderr: "npm run invite: PostgreSQL cannot be reached.\n",
  });
});
