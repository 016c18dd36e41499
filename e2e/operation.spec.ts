import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { ROOT } from "#test/servers/folder.ts";
import { startOtlpReceiver, type OtlpReceiver } from "#test/servers/otlp-receiver.ts";
import { startSmtpSink, type SmtpSink } from "#test/servers/smtp-sink.ts";
import { waitFor } from "#test/servers/wait-for.ts";
import { look } from "./look.ts";
import { startStack, type Stack } from "./stack.ts";
import { aPerson, type Person } from "#test/system/person.ts";
import { expect, test } from "./test.ts";

// One system for all tests, with every operator setting; the last test stops its web.
test.describe.configure({ mode: "default" });

const METRICS_TOKEN = "a-token-for-the-tests";
const OPERATOR_PASSWORD = "a password for the tests";
let collector: OtlpReceiver;
let sink: SmtpSink;
let stack: Stack;
/** Where the worker answers its operator. */
let worker: string;

test.beforeAll(async () => {
  collector = await startOtlpReceiver();
  sink = await startSmtpSink();
  const OTEL_EXPORTER_OTLP_ENDPOINT = collector.url;
  const env = { METRICS_TOKEN, OPERATOR_PASSWORD, OTEL_EXPORTER_OTLP_ENDPOINT, SMTP_URL: sink.url };
  stack = await startStack({ env });
  await stack.worker.program.said(/operator port open/);
  const port = /"port":(\d+),"msg":"operator port open"/.exec(stack.worker.program.output())?.[1];
  worker = `http://127.0.0.1:${port}`;
});
test.afterAll(async () => {
  await stack.stop();
  await sink.close();
  await collector.close();
});

async function ask(path: string) {
  const response = await fetch(`${stack.url}/api/${path}`);
  return { status: response.status, ...(await response.json()) };
}

/** Signs a person up without a page. Returns the status. */
async function signUp(person: Person, headers = {}): Promise<number> {
  const answer = await fetch(`${stack.url}/api/trpc/createUser`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ requestId: randomUUID(), ...person }),
  });
  return answer.status;
}

async function whenMailed(person: Person): Promise<void> {
  await waitFor("the mail", () => sink.mails.some(({ to }) => to === person.email));
}

async function scrape(url: string): Promise<string> {
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
  return (await fetch(`${url}/api/metrics`, { headers })).text();
}

test("web reports that it is alive, and whether it is ready", async () => {
  const checks = { postgres: "ok", redis: "ok", migrations: "ok" };
  expect(await ask("health")).toEqual({ status: 200, alive: true });
  expect(await ask("ready")).toEqual({ status: 200, ready: true, checks });
  stack.redis.program.signal("SIGSTOP");
  // Unguarded, it waits for Redis.
  const unavailable = { checks: { ...checks, redis: "unavailable" } };
  expect(await ask("ready")).toEqual({ status: 503, ready: false, ...unavailable });
  expect(await ask("ready?exclude=redis")).toEqual({ status: 200, ready: true, ...unavailable });
  expect(await ask("health")).toMatchObject({ status: 200 });
  stack.redis.program.signal("SIGCONT");
  await waitFor("Redis to count again", async () => (await ask("ready")).ready);
});

test("metrics need the token, do not exist without one, and refusals are logged", async ({
  stack: ordinary,
}) => {
  expect((await fetch(`${ordinary.url}/api/metrics`)).status).toBe(404);
  for (const url of [stack.url, worker]) {
    expect((await fetch(`${url}/api/metrics`)).status).toBe(401);
    expect(await scrape(url)).toMatch(/^enlist_store_up\{store="redis"\} 1$/m);
  }
  expect((await fetch(`${worker}/queues`)).status).toBe(401);
  await stack.web.program.said(/"path":"\/api\/metrics","status":401/);
  await stack.worker.program.said(/"path":"\/api\/metrics","status":401,"msg":"operator refused"/);
  await stack.worker.program.said(/"path":"\/queues","status":401,"msg":"operator refused"/);
});

test("every metric in the dashboard and the alerts exists", async () => {
  const person = aPerson();
  expect(await signUp(person)).toBe(200);
  await whenMailed(person);
  const samples = (await scrape(stack.url)) + (await scrape(worker));
  expect(samples).toMatch(/^enlist_signups_total\{outcome="created"\} [1-9]/m);
  expect(samples).not.toContain(person.username);

  const exported = (name: string) => new RegExp(`^${name}(\\{| )`, "m").test(samples);
  for (const file of ["deploy/prometheus/alerts.yaml", "deploy/grafana/enlist.json"]) {
    const named = readFileSync(join(ROOT, file), "utf8").replaceAll('\\"', '"');
    const names = named.match(/\b(enlist|nodejs|process)_\w+/g) ?? [];
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) expect(`${name} ${exported(name)}`).toBe(`${name} true`);
    for (const [, name, label, value] of named.matchAll(/(\w+)\{(\w+)="([^"$]+)"\}/g)) {
      expect(samples).toMatch(new RegExp(`^${name}\\{[^}]*${label}="${value}"`, "m"));
    }
  }
});

test("one trace covers the request, the transaction, the queue and the mail server", async () => {
  const person = aPerson();
  const traceId = randomUUID().replaceAll("-", "");
  expect(await signUp(person, { traceparent: `00-${traceId}-00f067aa0ba902b7-01` })).toBe(200);
  const other = { ...aPerson(), username: person.username };
  expect(await signUp(other)).toBe(409); // An error with PostgreSQL's message.
  await ask("ready");
  await fetch(`${stack.url}/verify?token=very-secret`);

  const path = [
    ["enlist-web", "POST /api/trpc/[trpc]"],
    ["enlist-web", "hash"],
    ["enlist-web", "transaction"],
    ["enlist-web", "add critical.verify-email"],
    ["enlist-worker", "process critical"],
    ["enlist-worker", "send"],
  ];
  const spans = () => collector.spans.filter((span) => span.traceId === traceId);
  const find = ([service, name]: string[]) =>
    spans().find((span) => span.service === service && span.name === name);
  await waitFor("the trace", () => path.every(find)).catch(() => {
    expect(spans().map(({ service, name }) => [service, name])).toEqual(path);
  });
  const parentOf = (name: string[]) =>
    spans().find(({ spanId }) => spanId === find(name)?.parentSpanId)?.name;
  expect(path.slice(3).map(parentOf)).toEqual(path.slice(2, -1).map(([, name]) => name));

  await waitFor("the link's page", () =>
    collector.spans.some(({ name }) => name === "GET /[language]/verify"),
  );
  const { username, email, password } = person;
  for (const secret of ["very-secret", username, email, password, "Lovelace", "insert into"]) {
    expect(collector.received()).not.toContain(secret);
  }
  expect(collector.spans.filter(({ name }) => /ready|getNextJob/.test(name))).toEqual([]);
});

test.describe("the operator's pages", () => {
  // The board wants fonts from another host, and prefetches some scripts.
  test.use({
    httpCredentials: { username: "operator", password: OPERATOR_PASSWORD },
    expected: /fonts\.googleapis\.com|preload/,
  });

  test("an operator retries a failed job, and the mail is sent", async ({ page }) => {
    sink.behave("refuse");
    const person = aPerson();
    await signUp(person);
    await stack.worker.program.said(/"msg":"failed"/);
    sink.behave("accept");
    await page.goto(`${worker}/jobs`);
    await expect(page.getByText("refused for good").first()).toBeVisible();
    await look(page, "operator-jobs");
    await page.getByRole("button", { name: "Try again", exact: true }).first().click();
    await expect(page.getByText("1 will be tried again.")).toBeVisible();
    await whenMailed(person);
    await stack.worker.program.said(/"method":"POST","path":"\/jobs\/retry","msg":"operator acts"/);
  });

  test("the queues' board shows the messages, and has no buttons to change them", async ({
    page,
  }) => {
    await page.goto(`${worker}/queues/queue/critical`);
    await expect(page.getByText("critical").first()).toBeVisible();
    await expect(page.getByRole("button", { name: /retry|clean|promote|pause/i })).toHaveCount(0);
  });
});

test("web is no longer ready once it is stopping", async () => {
  const socket = connect(Number(new URL(stack.url).port), "127.0.0.1");
  // A request that is incomplete when the signal comes; later ones find the port closed.
  socket.write("GET /api/ready HTTP/1.1\r\nhost: localhost\r\n");
  await ask("health");
  const stopped = stack.web.program.stop();
  await stack.web.program.said(/"msg":"stopping"/);
  socket.write("connection: close\r\n\r\n");
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 503 [^]*"stopping":true/);
  await stopped;
  expect(await stack.web.program.ended).toBe("ended with code 0");
});
