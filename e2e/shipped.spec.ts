import { randomUUID } from "node:crypto";
import { cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "playwright/test";
import { STANDALONE } from "#test/system/build.ts";
import { migrate } from "#test/system/migrate.ts";
import { databaseUser, isOpenToAll, temporaryFolder } from "#test/servers/folder.ts";
import { startInbox } from "#test/servers/inbox.ts";
import { freePort } from "#test/servers/ports.ts";
import { createDatabase } from "#test/servers/postgres.ts";
import { startRedis } from "#test/servers/redis.ts";
import { start } from "#test/servers/start.ts";
import { waitFor } from "#test/servers/wait-for.ts";
import { environment } from "#test/system/environment.ts";
import { aPerson } from "#test/system/person.ts";

// Outside the project, whose node_modules would hide missing files, and in a folder that it
// may not write, as in the image.
test("the build alone migrates, serves, mails, audits and stops", async () => {
  const folder = temporaryFolder("enlist-shipped");
  const app = join(folder, "app");
  cpSync(STANDALONE, app, { recursive: true });
  const name = `shipped_${randomUUID().replaceAll("-", "")}`;
  await createDatabase(process.env.E2E_POSTGRES!, name);
  const [redis, inbox] = [
    await startRedis({ folder: join(folder, "redis") }),
    await startInbox({ folder: join(folder, "inbox") }),
  ];
  const [port, workerPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const servers = {
    DATABASE_URL: process.env.E2E_POSTGRES!.replace(/postgres$/, name),
    REDIS_URL: redis.url,
    SMTP_URL: inbox.smtpUrl,
    APP_URL: url,
  };
  const env = environment(servers, {
    PORT: String(port),
    WORKER_PORT: String(workerPort),
    OPERATOR_PASSWORD: "a password for the operator",
    // Containers set it, and it must not restrict the address to listen on.
    HOSTNAME: hostname(),
    NODE_ENV: "production",
    NODE_PATH: "",
  });
  const uid = isOpenToAll(process.execPath) ? databaseUser() : undefined;
  const run = (...command: string[]) =>
    start(command[0]!, process.execPath, [join(app, "enlist.js"), ...command], {
      cwd: app,
      env,
      uid,
    });

  const migration = run("migrate");
  expect(await migration.ended).toBe("ended with code 0");
  expect(migration.output()).toMatch(/^Batch 1 run: \d+ migrations$/);
  // The knex command finds the same migrations done.
  expect(migrate(servers.DATABASE_URL)).toContain("Already up to date");

  const [web, worker] = [run("web"), run("worker")];
  await waitFor("the page to answer", async () => (await fetch(`${url}/signup`)).ok);
  // Longer than proxies keep idle connections.
  expect((await fetch(`${url}/signup`)).headers.get("keep-alive")).toBe("timeout=75");
  await web.said(/"web ready"/);
  expect(web.output()).toContain(`http://0.0.0.0:${port}`);
  const signup = await fetch(`${url}/signup`);
  expect(signup.headers.get("content-security-policy")).toContain("'sha256-");
  const page = await signup.text();
  expect((await fetch(`${url}/api/ready`)).status).toBe(200);
  const authorization = `Basic ${btoa("operator:a password for the operator")}`;
  await waitFor("the queues' board", async () => {
    const board = await fetch(`http://127.0.0.1:${workerPort}/queues/`, {
      headers: { authorization },
    });
    return board.ok && (await board.text()).includes("<script");
  });
  const script = await fetch(url + /\/_next\/static\/[^"]+\.js/.exec(page)![0]);
  expect(script.status).toBe(200);
  // Next's image optimizer is off.
  expect((await fetch(`${url}/_next/image?url=%2Ficon.svg&w=64&q=75`)).status).toBe(404);
  const person = aPerson();
  const post = (procedure: string, input: object, headers: Record<string, string> = {}) =>
    fetch(`${url}/api/trpc/${procedure}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(input),
    });
  const answer = await post("createUser", { requestId: randomUUID(), ...person });
  expect(answer.status).toBe(200);
  const text = await waitFor("the mail", async () => {
    const mails = (await (await fetch(`${inbox.webUrl}/api/email`)).json()) as { text: string }[];
    return mails[0]?.text;
  });
  const cookie = answer.headers.getSetCookie()[0]!.split(";")[0]!;
  const code = /^(\d{4} \d{4})$/m.exec(text)![1]!.replace(" ", "");
  expect(await (await post("verifyEmail", { code }, { cookie })).json()).toEqual({
    result: { data: { status: "verified" } },
  });
  const audit = run("audit", "--json");
  expect(await audit.ended).toBe("ended with code 0");

  for (const program of [web, worker]) {
    await program.stop();
    expect(await program.ended).toBe("ended with code 0");
    // It missed no file, and could write all it needed to.
    expect(program.output()).not.toMatch(/ENOENT|EACCES|EROFS|MODULE_NOT_FOUND/);
  }
  await Promise.all([redis.program.stop(), inbox.program.stop()]);
  rmSync(folder, { recursive: true });
});

test("the build holds what runs, and no tests or tools", () => {
  expect(readdirSync(STANDALONE).toSorted()).toEqual([
    ".next",
    "chunks",
    "enlist.js",
    "migrations",
    "node_modules",
    "package.json",
    "server.js",
  ]);
  // Each bundled file has a line with its name.
  const chunks = readdirSync(join(STANDALONE, "chunks")).map((name) => join("chunks", name));
  const lines = ["enlist.js", ...chunks].flatMap(
    (name) => readFileSync(join(STANDALONE, name), "utf8").match(/^\/\/ \S+\.tsx?$/gm) ?? [],
  );
  const own = lines.map((line) => line.slice(3)).filter((name) => !name.includes("node_modules"));
  expect(own).toContain("src/worker/main.ts");
  const foreign = /^(?!src\/|migrations\/|(knexfile|enlist\.config)\.ts$)|\/testing\/|\.test\./;
  expect(own.filter((name) => foreign.test(name))).toEqual([]);
});
