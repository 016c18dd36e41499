import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { aCertificate } from "../fixtures/certificate.ts";
import { testDatabase } from "../fixtures/database.ts";
import { testServices } from "../fixtures/services.ts";
import { toProcessEnv } from "../fixtures/worker-process.ts";
import { findExecutable, REDIS } from "../servers/find-executable.mjs";
import { startWorkerProcess } from "../system/start-worker-process.ts";
import { freePort } from "../servers/ports.ts";
import { start } from "../servers/start.ts";
import { waitFor } from "../servers/wait-for.ts";

const database = await testDatabase();
const { env } = await testServices(database);
const folder = mkdtempSync(join(tmpdir(), "enlist-tls-"));
// Only for the name, so a resolved address would not pass.
const { keyFile: key, certFile: certificate } = await aCertificate(folder);

const port = await freePort();
const command = findExecutable(REDIS)!;
const server = start("Redis", command, [
  ...["--port", "0", "--tls-port", String(port), "--bind", "127.0.0.1", "--dir", folder],
  ...["--tls-cert-file", certificate, "--tls-key-file", key, "--tls-ca-cert-file", certificate],
  ...["--tls-auth-clients", "no", "--save", "", "--maxmemory-policy", "noeviction"],
  ...["--requirepass", "p@ss/word", "--cluster-enabled", "yes", "--tls-cluster", "yes"],
  ...["--cluster-port", String(await freePort()), "--cluster-announce-hostname", "localhost"],
  ...["--cluster-preferred-endpoint-type", "hostname"],
]);
await server.said(/Ready to accept connections/);
const cli = spawnSync(findExecutable(["redis-cli", "valkey-cli"])!, [
  ...["-p", String(port), "--tls", "--cacert", certificate, "-h", "localhost"],
  ...["-a", "p@ss/word", "cluster", "addslotsrange", "0", "16383"],
]);
expect(String(cli.stdout)).toContain("OK");

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const workerWith = (REDIS_URL: string, more: Record<string, string> = {}) =>
  startWorkerProcess(
    { ...toProcessEnv(env), LOG_LEVEL: "info", REDIS_PREFIX: "{tls}", REDIS_URL, ...more },
    { ready: false },
  );

it.each(["rediss+cluster", "rediss"])(
  "%s:// encrypts, and refuses unknown certificates and those for another name",
  async (scheme) => {
    const url = (host: string) => `${scheme}://:p%40ss%2Fword@${host}:${port}`;
    const trusted = { NODE_EXTRA_CA_CERTS: certificate };
    const trusting = await workerWith(url("localhost"), trusted);
    await trusting.said(/worker ready/);
    await trusting.stop();

    const strict = await workerWith(url("localhost"));
    const elsewhere = await workerWith(url("127.0.0.1"), trusted);
    for (const worker of [strict, elsewhere]) {
      await worker.said(/redis unavailable/);
      // For a cluster, ioredis does not name the cause.
      const why =
        /self-signed certificate|does not match certificate|Failed to refresh slots cache/;
      expect(worker.output()).toMatch(why);
      expect(worker.output()).not.toContain("worker ready");
      await worker.stop();
    }
    await waitFor("the server to be there still", () => !server.hasEnded());
  },
);
