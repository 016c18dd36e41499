import { expect, it } from "vitest";
import { countCopies } from "./copies.ts";
import type { ProxiedSystem, WorkerProcess } from "./system.ts";

const ID = "0b0f7a3e-7a44-4c5e-9f0e-3f5a1c2b4d6e";
const users = [{ email: "ada@example.com", verification_id: ID }];

/** A worker that logged at `at` that it had sent the mail, after `duration` ms. */
function worker(name: string, at?: number, duration = 0): WorkerProcess {
  const line = JSON.stringify({ time: new Date(at ?? 0), duration, because: "sent" });
  return { name, history: new Map(at ? [[ID, [{ at, line }]]] : []) } as unknown as WorkerProcess;
}

/** The copies that these workers sent at these times, while PostgreSQL was down from 1 s to 9 s. */
function count(...copies: [by: WorkerProcess, at: number][]) {
  const mails = copies.map(([by, at]) => ({ by, at, messageId: "<1>", source: "" }));
  const system = { mailsTo: () => mails } as unknown as ProxiedSystem;
  const struck = [{ name: "postgres restarted", from: 1000, to: 9000 }];
  const { duplicates, because, unexplained } = countCopies(system, struck, users);
  return { duplicates, because, unexplained: unexplained.length };
}

const EXPLAINED = { duplicates: 1, because: { "postgres restarted": 1 }, unexplained: 0 };
const UNEXPLAINED = { duplicates: 1, because: {}, unexplained: 1 };

it("explains a copy that was taken before the first could be recorded", () => {
  expect(count([worker("worker 0"), 2000], [worker("worker 1", 9100, 50), 9090])).toEqual(
    EXPLAINED,
  );
  expect(count([worker("worker 0", 9200), 2000], [worker("worker 1", 9800, 800), 9700])).toEqual(
    EXPLAINED,
  );
});

it("does not explain a copy that was taken later, or without a fault", () => {
  expect(count([worker("worker 0", 9200), 2000], [worker("worker 1", 9800, 500), 9700])).toEqual(
    UNEXPLAINED,
  );
  expect(count([worker("worker 0", 900), 800], [worker("worker 1", 9800, 50), 9700])).toEqual(
    UNEXPLAINED,
  );
  expect(count([worker("worker 0"), 100], [worker("worker 1", 800, 50), 790])).toEqual(UNEXPLAINED);
});

it("explains a copy whose sender could not renew its lease before it sent the first", () => {
  // Like a worker that was frozen while waiting for the mail server, and then lost its lease.
  const first = worker("worker 1", 9600, 6000);
  const second = { line: JSON.stringify({ time: new Date(9700), duration: 200, because: "sent" }) };
  first.history.get(ID)!.push({ at: 9700, ...second });
  expect(count([first, 9550], [first, 9650])).toEqual(EXPLAINED);
});
