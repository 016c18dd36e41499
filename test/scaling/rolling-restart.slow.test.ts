import { afterAll, expect, it } from "vitest";
import type { CreateUserInput } from "#src/shared/signup-schema.ts";
import { testDatabase } from "../fixtures/database.ts";
import { testServices } from "../fixtures/services.ts";
import { aSignup } from "../fixtures/signup.ts";
import { expectOneMailEach } from "../fixtures/stream.ts";
import { call } from "../chaos/call.ts";
import { startBalancer } from "../servers/balancer.ts";
import { build, startWebProcess, startWorkerProcess } from "../servers/enlist.ts";
import { freePort } from "../servers/ports.ts";
import { startSmtpSink } from "../servers/smtp-sink.ts";
import type { Program } from "../servers/start.ts";
import { waitFor } from "../servers/wait-for.ts";

if (!build(() => {})) throw new Error("the pages could not be built");

const database = await testDatabase();
const sink = await startSmtpSink();
const balancer = await startBalancer();
const overrides = { SMTP_URL: sink.url, RATE_LIMITS: "off", LOG_LEVEL: "info" };
const services = await testServices(database, overrides);
const env = Object.fromEntries(
  Object.entries({ ...services.env, NODE_ENV: "production" }).map(([name, value]) => [
    name,
    String(value),
  ]),
);
const ports = [await freePort(), await freePort()];
const urls = ports.map((port) => `http://localhost:${port}`);
const webs = await Promise.all(
  ports.map(async (port) => (await startWebProcess("start", port, env)).program),
);
const workers = await Promise.all([startWorkerProcess(env), startWorkerProcess(env)]);
balancer.use(urls);
afterAll(async () => {
  await balancer.close();
  await Promise.all([...webs, ...workers].map((program) => program.stop()));
  await sink.close();
});

/** Asks a program to stop, and sees that it ends as if nothing had happened. */
async function stop(program: Program): Promise<void> {
  await program.stop();
  expect(await program.ended).toBe("ended with code 0");
}

it("restarts each web and each worker in turn under a stream of sign-ups: no request fails, one mail each", async () => {
  const inputs: CreateUserInput[] = [];
  const answers: Promise<number | string>[] = [];
  const arriving = setInterval(() => {
    const input = aSignup();
    inputs.push(input);
    const answer = call(balancer.url, "createUser", { ...input });
    answers.push(
      answer.then(({ status, body }) => (status === 200 ? 200 : JSON.stringify(body)), String),
    );
  }, 250);
  await waitFor("the first mails", () => sink.mails.length > 5);

  for (const [n, url] of urls.entries()) {
    // As an orchestrator does: not ready first, then SIGTERM, with requests of its own under way.
    await waitFor("a request under way", () => balancer.underWay(url) > 0);
    balancer.use(urls.filter((other) => other !== url));
    await stop(webs[n]!);
    webs[n] = (await startWebProcess("start", ports[n]!, env)).program;
    balancer.use(urls);
  }
  for (const n of workers.keys()) {
    await stop(workers[n]!);
    const before = sink.mails.length;
    await waitFor("the other worker to go on", () => sink.mails.length > before);
    workers[n] = await startWorkerProcess(env);
  }

  const before = sink.mails.length;
  await waitFor("mails after the last restart", () => sink.mails.length > before + 5);
  clearInterval(arriving);
  const failed = (await Promise.all(answers)).filter((answer) => answer !== 200);
  expect(failed).toEqual([]);
  await expectOneMailEach(database.db, sink, inputs);
});
