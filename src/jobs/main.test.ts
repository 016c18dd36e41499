import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { testDatabase } from "#test/fixtures/database.ts";
import { readJob } from "#test/fixtures/job-row.ts";
import { aUser, enqueueUnrung } from "#test/fixtures/user.ts";
import { fromSources } from "#test/system/command.ts";
import { ROOT } from "#test/servers/folder.ts";
import { startTcpProxy } from "#test/servers/tcp-proxy.ts";

// This file runs without Redis.
const database = await testDatabase();
const { db } = database;
const silent = await startTcpProxy(database.url);
silent.stall();
afterAll(() => silent.close());

beforeEach(() => db("tx_jobs").delete());

/** Runs `npm run jobs`, and returns its output and exit code. */
function run(args: string[], url = database.url) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...fromSources("jobs"), ...args],
    { cwd: ROOT, encoding: "utf8", env: { ...process.env, DATABASE_URL: url, REDIS_URL: "" } },
  );
  return { status, stdout, stderr };
}

/** Creates a job that failed for good, and returns its id. */
async function aFailedJob(): Promise<string> {
  const { verificationId: id } = await aUser(db, { afterCreate: enqueueUnrung });
  const error = "refused for good: EENVELOPE 550 at RCPT TO";
  await db("tx_jobs")
    .where({ id })
    .update({ outcome: "failed", finished_at: db.fn.now(), attempts: 1, error });
  return id;
}

describe("npm run jobs -- list", () => {
  it("prints the failed jobs, one per line, and those of another state on request", async () => {
    const failed = await aFailedJob();
    const { verificationId: waiting } = await aUser(db, { afterCreate: enqueueUnrung });
    const listed = run(["list"]);
    expect(listed).toMatchObject({ status: 0, stderr: "" });
    expect(listed.stdout).toMatch(
      new RegExp(
        `^${failed}  [\\d-]+T[\\d:.]+Z  verify-email  failed  1 of 10 attempts  refused for good: EENVELOPE 550 at RCPT TO\n$`,
      ),
    );
    const json = run([
      "list",
      "--state",
      "waiting",
      "--name=verify-email",
      "--limit",
      "5",
      "--json",
    ]);
    expect(json.status).toBe(0);
    expect(JSON.parse(json.stdout)).toMatchObject({ id: waiting, state: "waiting", attempts: 0 });
  });

  it("says so if there are none", () => {
    expect(run(["list"])).toEqual({ status: 0, stdout: "no job has failed\n", stderr: "" });
  });
});

describe("npm run jobs -- retry", () => {
  it("retries the jobs that it names, and says which cannot be retried", async () => {
    const [one, two] = [await aFailedJob(), await aFailedJob()];
    const unknown = randomUUID();
    expect(run(["retry", one.toUpperCase(), unknown])).toEqual({
      status: 1,
      stdout: `${one}  will be tried again\n`,
      stderr: `${unknown}  is not there, done, or running\n`,
    });
    expect(await readJob(db, one)).toMatchObject({ outcome: null, attempts: 0, finished_at: null });
    expect(await readJob(db, two)).toMatchObject({ outcome: "failed" });
  });

  it("retries all failed jobs of a name", async () => {
    const ids = [await aFailedJob(), await aFailedJob()];
    const { status, stdout } = run(["retry", "--name", "verify-email"]);
    expect(status).toBe(0);
    expect(stdout.trim().split("\n").toSorted()).toEqual(
      ids.map((id) => `${id}  will be tried again`).toSorted(),
    );
    for (const id of ids) expect(await readJob(db, id)).toMatchObject({ outcome: null });
    expect(run(["retry", "--name", "verify-email"])).toEqual({
      status: 0,
      stdout: "no job has failed\n",
      stderr: "",
    });
  });
});

describe("npm run jobs", () => {
  it("prints what is wrong and the usage, and exits with 2", () => {
    const { status, stdout, stderr } = run(["retry"], "postgres://127.0.0.1:1/none");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr.split("\n")[0]).toBe("retry takes ids, or --name.");
    expect(stderr).toContain("npm run jobs -- list [--state STATE]");
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it.each([
    ["is not there", ["list"], "postgres://127.0.0.1:1/none"],
    ["does not answer", ["retry", "--name", "verify-email"], silent.url],
  ])("exits with 2 and one line if PostgreSQL %s", (_, args, url) => {
    expect(run(args, url)).toEqual({
      status: 2,
      stdout: "",
      stderr: "npm run jobs: PostgreSQL cannot be reached.\n",
    });
  });
});
