import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Program } from "../../test/servers/start.ts";
import { waitFor } from "../../test/servers/wait-for.ts";
import { testTxJobs, workerProcess } from "../../test/fixtures/tx-jobs.ts";

const on = await testTxJobs();
const leaseMs = 1000;
const programs: Program[] = [];

beforeAll(() => on.ready());
beforeEach(() => on.clear());
afterEach(async () => {
  await Promise.all(programs.splice(0).map((program) => program.stop()));
});

async function startProcess(env = {}): Promise<Program> {
  const program = await workerProcess(on, { LEASE_MS: String(leaseMs), ...env });
  programs.push(program);
  return program;
}

describe("a worker that is frozen for longer than its lease", () => {
  it("before the effect: causes no effect when it resumes", async () => {
    const frozen = await startProcess();
    const id = await on.enqueue(1);
    await frozen.said(/^begun 1$/);
    frozen.signal("SIGSTOP");
    const effects: number[] = [];
    await on.worker(async ({ n }) => void effects.push(n), { leaseMs });
    expect(await on.ended(id)).toMatchObject({ outcome: "done", takes: 2, lost: 1 });
    frozen.signal("SIGCONT");
    await frozen.said(/^aborted 1$/);
    await frozen.said(/^event lease lost$/);
    expect(frozen.output()).not.toMatch(/^effect/m);
    expect(effects).toEqual([1]);
  });

  it("between the effect and its record: causes the one documented copy", async () => {
    const frozen = await startProcess();
    const id = await on.enqueue(1);
    await frozen.said(/^effect 1$/);
    frozen.signal("SIGSTOP");
    const tookOver: boolean[] = [];
    await on.worker(async (_, job) => void tookOver.push(job.tookOver), { leaseMs });
    expect(await on.ended(id)).toMatchObject({ outcome: "done", takes: 2 });
    frozen.signal("SIGCONT");
    await waitFor("its record", async () => (await on.effects()).length > 0);
    expect(tookOver).toEqual([true]);
    expect(await on.row(id)).toMatchObject({ outcome: "done", takes: 2 });
  });
});

describe("a worker that is killed", () => {
  it("loses its job to another worker after the lease", async () => {
    const dying = await startProcess({ DIES: "yes" });
    const id = await on.enqueue(1);
    await dying.ended;
    const tookOver: boolean[] = [];
    await on.worker(async (_, job) => void tookOver.push(job.tookOver), { leaseMs });
    expect(await on.ended(id)).toMatchObject({ outcome: "done", takes: 2, lost: 1, attempts: 0 });
    expect(tookOver).toEqual([true]);
  });
});
