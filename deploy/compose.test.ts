import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { DCLinter } from "dclint";
import { describe, expect, inject, onTestFinished, test } from "vitest";
import { parseEnv, parseWebEnv } from "#src/platform/env.ts";
import { migrate } from "#test/system/migrate.ts";
import { ROOT } from "#test/servers/folder.ts";
import { withClient } from "#test/servers/postgres.ts";
import { read, readEnv, readYaml } from "./read.ts";

interface Service {
  image: string;
  build?: string;
  user?: string;
  command?: string[];
  env_file?: string[];
  environment?: Record<string, string>;
  logging?: { options: Record<string, string> };
  ports?: string[];
  networks: string[];
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  restart?: string;
  stop_grace_period?: string;
  healthcheck?: { test?: string[] };
  depends_on?: Record<string, { condition: string }>;
}

const [compose] = readYaml("compose.yaml") as [
  { services: Record<string, Service>; configs: { role: { content: string } } },
];
const { services } = compose;
const env = readEnv("compose.env.example", {
  POSTGRES_PASSWORD: "c0ffee",
  APP_SECRET: "a secret of a test's own that is long enough",
});

/** Rules of style only. */
const STYLE = [
  "no-quotes-in-volumes",
  "require-quotes-in-ports",
  "service-dependencies-alphabetical-order",
  "service-keys-order",
  "services-alphabetical-order",
  "top-level-properties-order",
];

test("compose.yaml follows the specification and passes the linter", () => {
  const rules = Object.fromEntries(STYLE.map((rule) => [rule, 0 as const]));
  const linter = new DCLinter({ rules, quiet: true, debug: false, exclude: [] });
  const results = linter.lintFiles([join(ROOT, "compose.yaml")], false);
  expect(results.flatMap(({ messages }) => messages)).toEqual([]);
});

describe.each(Object.entries(services))("%s", (_, service) => {
  test("runs read-only, without root or extra privileges", () => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
    });
    // Our own image sets its user itself.
    if (!service.build) expect(service.user).toMatch(/^(?!root|0)/);
  });

  test("is reachable only from this machine", () => {
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  test("limits the size of its log", () => {
    expect(service.logging?.options).toEqual({
      "max-size": expect.stringMatching(/^\d+m$/),
      "max-file": expect.stringMatching(/^\d+$/),
    });
  });

  test("names the version of its image", () => {
    if (!service.build) expect(service.image).toMatch(/:[^:]*\d/);
  });
});

test("web and worker wait for the stores and the migrations, and get time to stop", () => {
  for (const name of ["web", "worker"]) {
    const { depends_on, restart, stop_grace_period } = services[name]!;
    expect(depends_on).toEqual({
      postgres: { condition: "service_healthy" },
      redis: { condition: "service_healthy" },
      migrate: { condition: "service_completed_successfully" },
    });
    expect(restart).toBe("unless-stopped");
    expect(Number.parseInt(stop_grace_period!, 10)).toBeGreaterThan(10);
  }
  expect(services.postgres?.healthcheck).toBeDefined();
  expect(services.redis?.healthcheck).toBeDefined();
  expect(services.migrate?.restart).toBe("no");
});

test("Redis persists its jobs and never evicts them", () => {
  const command = services.redis!.command!.join(" ");
  expect(command).toContain("--appendonly yes");
  expect(command).toContain("--maxmemory-policy noeviction");
});

test("compose.env.example starts every process once its secrets are filled in", () => {
  const { environment } = services.web!;
  expect(() => parseWebEnv({ ...env, ...environment, NODE_ENV: "production" })).not.toThrow();
  const parsed = parseEnv({ ...env, NODE_ENV: "production" });
  expect(parsed.DATABASE_URL).toBe("postgres://enlist:c0ffee@postgres:5432/enlist");
  for (const url of [parsed.DATABASE_URL, parsed.REDIS_URL, parsed.SMTP_URL]) {
    expect(Object.keys(services)).toContain(new URL(url).hostname);
  }
});

test("a worker serves its operator only on this machine", () => {
  const { environment, ports } = services.worker!;
  const parsed = parseEnv({ ...env, ...environment, NODE_ENV: "production" });
  expect(parsed.WORKER_HOST).toBe("0.0.0.0");
  expect(ports).toEqual([`127.0.0.1:${parsed.WORKER_PORT}:${parsed.WORKER_PORT}`]);
});

test("the role of web and worker is not a superuser, but may migrate", async () => {
  const [getenv, ...statements] = compose.configs.role.content.trimEnd().split("\n");
  expect(getenv).toBe(String.raw`\getenv password POSTGRES_PASSWORD`);
  const name = `role_${randomUUID().replaceAll("-", "")}`;
  const server = inject("postgresUrl");
  await withClient(server, async (client) => {
    await client.query(`create role ${name}_super superuser`);
    await client.query(`create database ${name}`);
    onTestFinished(() =>
      withClient(server, async (again) => {
        await again.query(`drop database ${name} with (force)`);
        await again.query(`drop role ${name}, ${name}_super`);
      }),
    );
    for (const statement of statements) {
      await client.query(
        statement
          .replaceAll("enlist", name)
          .replace("role postgres", `role ${name}_super`)
          .replace(":'password'", "'c0ffee'"),
      );
    }
  });
  const url = Object.assign(new URL(server), {
    username: name,
    password: "c0ffee",
    pathname: name,
  });
  migrate(url.href);
  await withClient(url.href, async (client) => {
    const { rows } = await client.query(
      "select rolsuper, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user",
    );
    expect(rows).toEqual([{ rolsuper: false, rolcreaterole: false, rolcreatedb: false }]);
    expect((await client.query("select count(*)::int from users")).rows).toEqual([{ count: 0 }]);
  });
});

test("one proxy is trusted, and no network that a client could be in", () => {
  expect(env.TRUST_PROXY).toBe("1");
});

test("each service gets only its own secrets", () => {
  const files = ["compose.env.example", ".env.example", "README.md", "docs/operation.md"];
  const named = files.map(read).join("\n");
  const secrets = new Set(named.match(/\b[A-Z_]*(SECRET|PASSWORD|TOKEN|HEADERS|SMTP_URL)\b/g));
  const given = Object.fromEntries([...secrets].map((name) => [name, "given"]));
  const secretsOf = ({ env_file, environment }: Service) =>
    Object.entries({ ...(env_file && given), ...environment })
      .filter(([name, value]) => secrets.has(name) && value)
      .map(([name]) => name)
      .toSorted();
  const own = Object.entries(services).map(([name, service]) => [name, secretsOf(service)]);
  const web = ["APP_SECRET", "METRICS_TOKEN", "OTEL_EXPORTER_OTLP_HEADERS", "POSTGRES_PASSWORD"];
  expect(Object.fromEntries(own)).toEqual({
    web: [...web, "HANDOFF_SECRET"].toSorted(),
    worker: [...web, "OPERATOR_PASSWORD", "SMTP_URL", "WEBHOOK_SECRET"].toSorted(),
    migrate: ["POSTGRES_PASSWORD"],
    postgres: ["POSTGRES_PASSWORD"],
    redis: [],
    inbox: [],
  });
});

test("compose.env.example contains no default secret", () => {
  expect(readEnv("compose.env.example", {})).toMatchObject({
    APP_SECRET: "",
    POSTGRES_PASSWORD: "",
  });
});
