import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { ROOT } from "../scripts/services/folder.ts";
import { startOtlpReceiver } from "../scripts/services/otlp-receiver.ts";
import type { Program } from "../scripts/services/start.ts";
import { waitFor } from "../scripts/services/wait-for.ts";
import type { Stack } from "./stack.ts";
import { aPerson, expect, test, type Person } from "./test.ts";

async function ask(stack: Stack, path: string) {
  const response = await fetch(`${stack.url}/api/${path}`);
  return { status: response.status, ...(await response.json()) };
}

test("web says that it lives, and whether it is ready", async ({ newStack }) => {
  const stack = await newStack();
  const checks = { postgres: "ok", redis: "ok", migrations: "ok" };
  expect(await ask(stack, "health")).toEqual({ status: 200, alive: true });
  expect(await ask(stack, "ready")).toEqual({ status: 200, ready: true, checks });
  stack.redis.program.signal("SIGSTOP");
  const started = Date.now();
  const away = { checks: { ...checks, redis: "away" } };
  expect(await ask(stack, "ready")).toEqual({ status: 503, ready: false, ...away });
  expect(Date.now() - started).toBeLessThan(2000);
  expect(await ask(stack, "ready?exclude=redis")).toEqual({ status: 200, ready: true, ...away });
  expect(await ask(stack, "health")).toMatchObject({ status: 200 });
  stack.redis.program.signal("SIGCONT");
});

test("web is not ready any more once it is to stop", async ({ newStack }) => {
  const stack = await newStack();
  const socket = connect(Number(new URL(stack.url).port), "127.0.0.1");
  // A request that is still coming when the signal does: whoever comes later finds the port closed.
  socket.write("GET /api/ready HTTP/1.1\r\nhost: localhost\r\n");
  await ask(stack, "health");
  const stopped = stack.web.program.stop();
  await stack.web.program.said(/"msg":"stopping"/);
  socket.write("connection: close\r\n\r\n");
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 503 [^]*"stopping":true/);
  await stopped;
  expect(await stack.web.program.ended).toBe("ended with code 0");
});

/** Signs a person up without a page. Returns the status. */
async function signUpWith(stack: Stack, person: Person, headers = {}): Promise<number> {
  const answer = await fetch(`${stack.url}/api/trpc/createUser`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ requestId: randomUUID(), ...person }),
  });
  return answer.status;
}

/** The port that a worker took for its operator. */
async function portOf(worker: Program): Promise<string> {
  await worker.said(/operator port open/);
  return /"port":(\d+),"msg":"operator port open"/.exec(worker.output())![1]!;
}

test("metrics are for whoever has the token, and there are none without one", async ({
  stack,
  newStack,
}) => {
  expect((await fetch(`${stack.url}/api/metrics`)).status).toBe(404);
  const guarded = await newStack({ env: { METRICS_TOKEN } });
  const worker = `http://127.0.0.1:${await portOf(guarded.worker)}`;
  for (const url of [guarded.url, worker]) {
    expect((await fetch(`${url}/api/metrics`)).status).toBe(401);
    expect(await scrape(url)).toMatch(/^enlist_store_up\{store="redis"\} 1$/m);
  }
});

const METRICS_TOKEN = "a-token-for-the-tests";

async function scrape(url: string): Promise<string> {
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
  return (await fetch(`${url}/api/metrics`, { headers })).text();
}

test("whatever dashboard and alerts name is really there", async ({ newStack }) => {
  const stack = await newStack({ env: { METRICS_TOKEN } });
  const person = aPerson();
  expect(await signUpWith(stack, person)).toBe(200);
  await stack.mails(person.email);
  const worker = `http://127.0.0.1:${await portOf(stack.worker)}`;
  const samples = (await scrape(stack.url)) + (await scrape(worker));
  expect(samples).toContain('enlist_signups_total{outcome="created"} 1');
  expect(samples).toContain('enlist_jobs_total{outcome="sent"} 1');
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

test("one trace leads from the request through the transaction and the queue to the mail server", async ({
  newStack,
}) => {
  const collector = await startOtlpReceiver();
  const stack = await newStack({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } });
  const person = aPerson();
  const traceId = randomUUID().replaceAll("-", "");
  expect(
    await signUpWith(stack, person, { traceparent: `00-${traceId}-00f067aa0ba902b7-01` }),
  ).toBe(200);
  await fetch(`${stack.url}/verify?token=very-secret`);
  expect(await signUpWith(stack, person)).toBe(409); // An error that PostgreSQL words.
  await stack.mails(person.email);

  const path = [
    ["enlist-web", "POST /api/trpc/[trpc]"],
    ["enlist-web", "hash"],
    ["enlist-web", "transaction"],
    ["enlist-web", "enqueue"],
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
    collector.spans.some(({ name }) => name === "GET /verify"),
  );
  const { username, email, password } = person;
  for (const secret of ["very-secret", username, email, password, "Lovelace", "insert into"]) {
    expect(collector.received()).not.toContain(secret);
  }
  await ask(stack, "ready");
  expect(collector.spans.filter(({ name }) => /ready|getNextJob/.test(name))).toEqual([]);
  await stack.stop();
  await collector.close();
});

test.describe("the queues", () => {
  const password = "a password for the tests";
  // The board would like letters from elsewhere, and fetches some scripts ahead of their use.
  test.use({
    httpCredentials: { username: "operator", password },
    expected: /fonts\.googleapis\.com|preload/,
  });

  test("an operator has a failed job tried again, and the mail is sent", async ({
    page,
    newStack,
    sink,
  }) => {
    sink.behave("refuse");
    const stack = await newStack({ env: { SMTP_URL: sink.url, OPERATOR_PASSWORD: password } });
    const person = aPerson();
    await signUpWith(stack, person);
    await stack.worker.said(/"msg":"failed"/);
    sink.behave("accept");
    const port = await portOf(stack.worker);
    await page.goto(`http://127.0.0.1:${port}/queues/queue/critical?status=failed`);
    await expect(page.getByText("refused for good").first()).toBeVisible();
    await page.getByRole("button", { name: "Retry all" }).click();
    await page.getByRole("button", { name: "Confirm" }).click();
    await waitFor("the mail", () => sink.mails.some(({ to }) => to === person.email));
    await stack.worker.said(/"method":"PUT",.*"msg":"operator acts"/);
  });
});
