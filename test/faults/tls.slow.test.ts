import { rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";
import { afterAll, afterEach, expect, it } from "vitest";
import { createDb } from "#src/platform/db.ts";
import { aCertificate } from "../fixtures/certificate.ts";
import { aUser, enqueueUnrung } from "../fixtures/user.ts";
import { environment } from "../system/environment.ts";
import { migrate } from "../system/migrate.ts";
import { startWorkerProcess } from "../system/start-worker-process.ts";
import { temporaryFolder } from "../servers/folder.ts";
import { freePort } from "../servers/ports.ts";
import { createDatabase, startPostgres } from "../servers/postgres.ts";
import { startRedis } from "../servers/redis.ts";
import type { Program } from "../servers/start.ts";
import { waitFor } from "../servers/wait-for.ts";

// PostgreSQL, Redis and a mail server with a certificate signed by this authority.
const folder = temporaryFolder("enlist-tls");
const { key, cert, keyFile, certFile } = await aCertificate(folder);
const postgres = await startPostgres({
  folder: join(folder, "postgres"),
  settings: ["ssl=on", `ssl_cert_file=${certFile}`, `ssl_key_file=${keyFile}`],
});
await createDatabase(postgres.url("postgres"), "enlist");
migrate(postgres.url("enlist"));
const db = createDb({ url: postgres.url("enlist"), pool: 2 });
const redisPort = await freePort();
const redis = await startRedis({
  folder: join(folder, "redis"),
  args: ["--tls-port", String(redisPort), "--tls-auth-clients", "no"].concat([
    "--tls-cert-file",
    certFile,
    "--tls-key-file",
    keyFile,
  ]),
});
const mails: string[] = [];
/** Offers STARTTLS, and accepts nothing without it. */
const smtp = new SMTPServer({
  key,
  cert,
  authOptional: true,
  disableReverseLookup: true,
  onMailFrom: (_, { secure }, callback) => callback(secure ? null : new Error("STARTTLS first")),
  async onData(stream, _, callback) {
    mails.push(await text(stream));
    callback();
  },
});
smtp.on("error", () => {}); // A client that did not trust the certificate.
await new Promise<void>((resolve) => smtp.listen(0, "127.0.0.1", resolve));

let worker: Program | undefined;
afterEach(() => worker?.stop());
afterAll(async () => {
  await db.destroy();
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
  await Promise.all([postgres.program.stop(), redis.program.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

/** A worker that uses TLS for all three, under this host name. */
async function aWorker(host: string, env: Record<string, string> = {}): Promise<Program> {
  const { port } = smtp.server.address() as AddressInfo;
  worker = await startWorkerProcess(
    environment(
      {
        DATABASE_URL: `postgres://enlist@${host}:${postgres.port}/enlist?sslmode=verify-full`,
        REDIS_URL: `rediss://${host}:${redisPort}`,
        SMTP_URL: `smtp://${host}:${port}?requireTLS=true`,
        APP_URL: "https://enlist.example",
      },
      { JOB_POLL_MS: "200", ...env },
    ),
    { ready: false },
  );
  return worker;
}

it("trusts a server whose certificate our authority has signed", async () => {
  await aUser(db, { afterCreate: enqueueUnrung });
  await aWorker("localhost", { NODE_EXTRA_CA_CERTS: certFile });
  await waitFor("the mail", () => mails.length === 1);
  const { rows } = await db.raw(
    "select bool_and(ssl) as all from pg_stat_ssl where pid <> pg_backend_pid()",
  );
  expect(rows).toEqual([{ all: true }]);
});

it.each([
  ["from an unknown authority", "localhost", {}],
  ["for another host", "127.0.0.1", { NODE_EXTRA_CA_CERTS: certFile }],
])("does not trust a certificate that is %s", async (_, host, env) => {
  const before = mails.length;
  const program = await aWorker(host, env);
  const why = host === "localhost" ? "SELF_SIGNED|self-signed" : "altnames|ERR_TLS_CERT";
  for (const what of ["database unavailable", "redis unavailable"]) {
    await program.said(new RegExp(`(${why}).*"msg":"${what}"`));
  }
  await program.said(/"msg":"mail server unavailable"/);
  expect(program.output()).not.toContain("worker ready");
  expect(mails).toHaveLength(before);
});
