import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { testServices, whenReady } from "../fixtures/services.ts";
import { aSignup } from "../system/person.ts";
import { startEnlistWorker } from "#src/worker/start.ts";
import { migrate } from "../system/migrate.ts";
import { temporaryFolder } from "../servers/folder.ts";
import { startPostgres } from "../servers/postgres.ts";
import { startSmtpSink } from "../servers/smtp-sink.ts";
import { waitFor } from "../servers/wait-for.ts";
import { serve } from "#src/web/api/serve.ts";
import { createDb } from "#src/platform/db.ts";

const folder = temporaryFolder("enlist-restart");
let postgres = await startPostgres({ folder: join(folder, "postgres") });
const url = postgres.url("postgres");
migrate(url);
const sink = await startSmtpSink();
const db = createDb({ url, pool: 5 });
const services = await testServices({ url, db }, { SMTP_URL: sink.url });
await whenReady(services);
const worker = startEnlistWorker(services.env);

afterAll(async () => {
  await worker.close();
  await sink.close();
  await db.destroy();
  await postgres.program.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The status of a sign-up over HTTP. */
async function signUp(input: ReturnType<typeof aSignup>): Promise<number> {
  const request = new Request("http://localhost:3000/api/trpc/createUser", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input),
  });
  return (await serve(request, services)).status;
}

const mailsTo = (input: ReturnType<typeof aSignup>) =>
  sink.mails.filter(({ to }) => to === input.email);

it("F13 PostgreSQL restarts: 503, then the same requests succeed, and web and worker go on", async () => {
  expect(await signUp(aSignup())).toBe(200);
  const inputs = Array.from({ length: 8 }, () => aSignup());
  const [during] = await Promise.all([
    Promise.all(inputs.map((input) => signUp(input))),
    postgres.program.stop(),
  ]);
  for (const status of during) expect([200, 503]).toContain(status);
  const refused = aSignup();
  expect(await signUp(refused)).toBe(503);

  postgres = await startPostgres({ folder: join(folder, "postgres"), port: postgres.port });
  for (const input of [...inputs, refused]) expect(await signUp(input)).toBe(200);
  for (const input of [...inputs, refused]) {
    await waitFor("the mail", () => mailsTo(input).length > 0);
    expect(mailsTo(input)).toHaveLength(1);
    expect(await db("users").where({ username: input.username })).toHaveLength(1);
  }
});

it("PostgreSQL hangs: sign-ups are refused in time, and the same requests succeed later", async () => {
  const inputs = Array.from({ length: 20 }, () => aSignup());
  const thaw = await postgres.freeze();
  const started = performance.now();
  const during = await Promise.all(inputs.map((input) => signUp(input)));
  expect(new Set(during)).toEqual(new Set([503]));
  // Waiting for the pool and for an answer may take 1.5 s each, and twenty hashes on a busy machine
  // more. Without deadlines, the answers would wait for the thaw.
  expect(performance.now() - started).toBeLessThan(30_000);
  thaw();
  for (const input of inputs) {
    await waitFor("the sign-up", async () => (await signUp(input)) === 200);
    expect(await db("users").where({ username: input.username })).toHaveLength(1);
  }
});
