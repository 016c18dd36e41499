import { connect } from "node:net";
import { afterAll, afterEach, expect, it } from "vitest";
import { testDatabase } from "#test/fixtures/database.ts";
import { testServices, whenReady } from "#test/fixtures/services.ts";
import { aUser, enqueueWith } from "#test/fixtures/user.ts";
import { workerProcesses } from "#test/fixtures/worker-process.ts";
import { freePort } from "#test/servers/ports.ts";
import { startSmtpSink } from "#test/servers/smtp-sink.ts";
import { waitFor } from "#test/servers/wait-for.ts";

const database = await testDatabase();
const sink = await startSmtpSink();
const services = await testServices(database, { SMTP_URL: sink.url });
await whenReady(services);

const start = workerProcesses(services.env);
// Before they are stopped, because hooks run in reverse.
afterEach(() => {
  sink.behave("accept");
  sink.release();
});
afterAll(() => sink.close());

const aWorker = (port: number) => start({ WORKER_PORT: String(port) });

async function ask(port: number, path: string) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: response.status, ...(await response.json()) };
}

it("reports that it is alive and ready, and not ready after SIGTERM while it finishes", async () => {
  const port = await freePort();
  const worker = await aWorker(port);
  await worker.said(/"msg":"operator port open"/);
  expect(await ask(port, "/api/health")).toEqual({ status: 200, alive: true });
  expect(await ask(port, "/api/ready")).toMatchObject({ status: 200, ready: true });
  expect((await fetch(`http://127.0.0.1:${port}/nothing`)).status).toBe(404);
  sink.behave("stall");
  await aUser(services.db, { afterCreate: enqueueWith(services.jobs) });
  await waitFor("the worker to be sending", () => sink.offered() === 1);
  const stopped = worker.stop();
  await worker.said(/"msg":"stopping"/);
  expect(await ask(port, "/api/health")).toMatchObject({ status: 200 });
  expect(await ask(port, "/api/ready")).toMatchObject({ status: 503, stopping: true });
  sink.release();
  await stopped;
  expect(await worker.ended).toBe("ended with code 0");
});

it("answers HTTP alone for one host, whatever upgrade is requested", async () => {
  const port = await freePort();
  const worker = await aWorker(port);
  await worker.said(/"msg":"operator port open"/);
  const statusOf = async (...headers: string[]) => {
    const socket = connect(port, "127.0.0.1");
    let answer = "";
    socket.on("data", (data) => (answer += String(data)));
    socket.write(["GET /api/health HTTP/1.1", ...headers, "", ""].join("\r\n"));
    await waitFor("the answer", () => answer.includes("\r\n\r\n"));
    socket.destroy();
    return answer.split(" ", 2)[1];
  };
  const upgrade = [
    "Connection: Upgrade, HTTP2-Settings",
    "Upgrade: h2c",
    "HTTP2-Settings: AAMAAABk",
  ];
  expect(await statusOf("Host: x", ...upgrade)).toBe("200");
  expect(await statusOf("Host: x", "Connection: Upgrade", "Upgrade: websocket")).toBe("200");
  expect(await statusOf("Host: a.example", "Host: b.example")).toBe("400");
  expect(await statusOf("Host: a b")).toBe("400");
});

it("works without a port if its port is taken, says so in one line, and opens it once free", async () => {
  const port = await freePort();
  const first = await aWorker(port);
  await first.said(/"msg":"operator port open"/);
  const second = await aWorker(port);
  await second.said(/"code":"EADDRINUSE","msg":"WORKER_PORT is in use/);
  await first.stop();
  const user = await aUser(services.db, { afterCreate: enqueueWith(services.jobs) });
  await waitFor("the mail", () => sink.mails.some(({ to }) => to === user.email));
  await second.said(/"msg":"operator port open"/);
  expect(await ask(port, "/api/ready")).toMatchObject({ status: 200 });
  expect(second.output().match(/WORKER_PORT is in use/g)).toHaveLength(1);
});
