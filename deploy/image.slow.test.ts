import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from "vitest";
import { createContainer } from "#test/servers/container.ts";
import { buildah, buildImage, whyNoImage, type Image } from "#test/servers/image.ts";
import { freePort } from "#test/servers/ports.ts";
import { createDatabase, withClient } from "#test/servers/postgres.ts";
import { startSmtpSink, tokenIn } from "#test/servers/smtp-sink.ts";
import { waitFor } from "#test/servers/wait-for.ts";
import { callProcedure } from "#test/system/call.ts";
import { environment } from "#test/system/environment.ts";
import { aSignup } from "#test/system/person.ts";
import { read, readEnv } from "./read.ts";
import { startService } from "./start-service.ts";

const why = await whyNoImage();

describe.skipIf(why !== undefined)(why ? `the image (${why})` : "the image", () => {
  const name = `localhost/enlist-test-${randomUUID()}`;
  let image: Image;

  beforeAll(async () => {
    image = await buildImage(name);
  }, 1_800_000);
  afterAll(() => image && buildah("rmi", name).then(() => undefined));

  it("holds what runs, read-only for its user, and no tests or tools", async () => {
    const { exec, remove } = await createContainer(name, {});
    onTestFinished(remove);
    const find = async (...what: string[]) =>
      (await exec(["find", "/app", ...what])).split("\n").filter(Boolean);
    expect(await find("-writable", "-not", "-type", "l")).toEqual([]);
    const manifests = await find("-path", "*/node_modules/*", "-name", "package.json");
    const packages = manifests.map((path) => path.slice("/app/".length, -"/package.json".length));
    expect(packages).toContain("node_modules/next");
    const locked = JSON.parse(read("package-lock.json")).packages;
    expect(packages.filter((path) => locked[path]?.dev)).toEqual([]);
    const own = ["-not", "-path", "*/node_modules/*"];
    for (const foreign of [".env*", "*.test.*", "*.tsx"]) {
      expect(await find(...own, "-name", foreign)).toEqual([]);
    }
    process.stdout.write(`The image is its base and ${Math.round(image.added / 1e6)} MB.\n`);
    expect(image.added).toBeGreaterThan(16e6);
    expect(image.added).toBeLessThan(64e6);
  });

  it("migrates, signs up, mails, verifies and stops if run as in compose.yaml", async () => {
    const [database, server] = [`image_${randomUUID().replaceAll("-", "")}`, inject("postgresUrl")];
    await createDatabase(server, database);
    onTestFinished(() =>
      withClient(server, async (client) => {
        await client.query(`drop database ${database} with (force)`);
      }),
    );
    const sink = await startSmtpSink();
    onTestFinished(() => sink.close());
    const [port, workerPort] = [await freePort(), await freePort()];
    const url = `http://127.0.0.1:${port}`;
    const servers = {
      DATABASE_URL: server.replace(/postgres$/, database),
      REDIS_URL: inject("redisUrl"),
      SMTP_URL: sink.url,
      APP_URL: url,
    };
    const ports = { PORT: String(port), WORKER_PORT: String(workerPort) };
    const given = environment(servers, { ...ports, REDIS_PREFIX: database });
    const env = readEnv("compose.env.example", given);
    const run = async (service: Parameters<typeof startService>[1]) => {
      const started = await startService(image, service, env);
      onTestFinished(started.remove);
      return started;
    };

    const { program: migration } = await run("migrate");
    expect(await migration.ended, migration.output()).toBe("ended with code 0");
    expect(migration.output()).toMatch(/^Batch 1 run: \d+ migrations$/m);

    const [web, worker] = [await run("web"), await run("worker")];
    await web.answers(`${url}/api/ready`);
    await worker.answers(`http://127.0.0.1:${workerPort}/api/ready`);
    expect([await web.isHealthy(), await worker.isHealthy()]).toEqual([true, true]);

    const person = aSignup();
    const { status, cookie } = await callProcedure(url, "createUser", { ...person });
    expect(status).toBe(200);
    const mail = await waitFor("the mail", () => sink.mails.find(({ to }) => to === person.email));
    const proof = { cookie, token: tokenIn(mail.source) };
    const { body } = await callProcedure(url, "verifyEmail", proof);
    expect(body).toEqual({ result: { data: { status: "verified" } } });

    for (const service of [web, worker]) {
      expect(await service.stop()).toBe("ended with code 0");
      expect(await service.isHealthy()).toBe(false);
      expect(service.program.output()).not.toMatch(/ENOENT|EACCES|EROFS|MODULE_NOT_FOUND/);
      expect(await service.written()).toBe("");
      expect(await service.user()).toMatch(/^[1-9]\d*$/);
    }
    expect(sink.mails).toHaveLength(1);
  });
});
