import { randomUUID } from "node:crypto";
import { afterAll, expect, inject, it } from "vitest";
import type { Signup } from "#test/system/person.ts";
import { testDatabase } from "../fixtures/database.ts";
import { aSignup } from "../system/person.ts";
import { expectOneMailEach } from "../fixtures/stream.ts";
import { startBalancer } from "../servers/balancer.ts";
import { build } from "../system/build.ts";
import { callProcedure } from "../system/call.ts";
import { CROWD } from "../system/environment.ts";
import { startSystem } from "../system/start-system.ts";
import { startSmtpSink } from "../servers/smtp-sink.ts";
import type { Program } from "../servers/start.ts";
import { waitFor } from "../servers/wait-for.ts";

if (!build(() => {})) throw new Error("the pages could not be built");

const database = await testDatabase();
const sink = await startSmtpSink();
const balancer = await startBalancer();
const system = await startSystem({
  given: { DATABASE_URL: database.url, REDIS_URL: inject("redisUrl"), SMTP_URL: sink.url },
  migrated: true,
  webs: [{}, {}],
  workers: [{}, {}],
  env: { ...CROWD, REDIS_PREFIX: `test-${randomUUID()}` },
});
const { webs, workers } = system;
const urls = webs.map(({ url }) => url);
balancer.use(urls);
afterAll(async () => {
  await balancer.close();
  await system.stop();
  await sink.close();
});

/** Stops a program, and expects it to exit with 0. */
async function stop(program: Program): Promise<void> {
  await program.stop();
  expect(await program.ended).toBe("ended with code 0");
}

it("restarts each web and worker in turn under load: no request fails, with one mail each", async () => {
  const inputs: Signup[] = [];
  const answers: Promise<number | string>[] = [];
  const arriving = setInterval(() => {
    const input = aSignup();
    inputs.push(input);
    const answer = callProcedure(balancer.url, "createUser", { ...input });
    answers.push(
      answer.then(({ status, body }) => (status === 200 ? 200 : JSON.stringify(body)), String),
    );
  }, 250);
  await waitFor("the first mails", () => sink.mails.length > 5);

  for (const [n, url] of urls.entries()) {
    // Like an orchestrator: not ready first, then SIGTERM, with requests still running.
    await waitFor("a request under way", () => balancer.underWay(url) > 0);
    balancer.use(urls.filter((other) => other !== url));
    await stop(webs[n]!.program);
    await webs[n]!.start();
    balancer.use(urls);
  }
  for (const worker of workers) {
    await stop(worker.program);
    const before = sink.mails.length;
    await waitFor("the other worker to go on", () => sink.mails.length > before);
    await worker.start();
    await worker.program.said(/worker ready/);
  }

  const before = sink.mails.length;
  await waitFor("mails after the last restart", () => sink.mails.length > before + 5);
  clearInterval(arriving);
  const failed = (await Promise.all(answers)).filter((answer) => answer !== 200);
  expect(failed).toEqual([]);
  await expectOneMailEach(database.db, sink, inputs);
});
