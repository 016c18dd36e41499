import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { watchDatabase } from "./database-health.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const renewalMs = 1000;
const fails = () => Promise.reject(new Error("on purpose"));
const pool = { transaction: () => "none" as const, run: async () => [] as never };

/** A worker that has been connected for long. */
function connected() {
  const events: string[] = [];
  const health = watchDatabase(renewalMs, ({ type }) => void events.push(type));
  vi.advanceTimersByTime(renewalMs);
  expect(health.mayTakeOver()).toBe(true);
  const works = () => health.watch(pool).run({ text: "", values: [] });
  return { health, events, works };
}

it.each(["poll", "renew"] as const)(
  "after a failed %s, leases are taken over only once holders had time to renew",
  async (task) => {
    const { health, events, works } = connected();
    await health.attempt(task, fails);
    expect(health.isHealthy()).toBe(false);
    expect(health.mayTakeOver()).toBe(false);
    vi.advanceTimersByTime(10);
    await health.attempt(task, works);
    expect(health.isHealthy()).toBe(true);
    vi.advanceTimersByTime(renewalMs - 1);
    expect(health.mayTakeOver()).toBe(false);
    vi.advanceTimersByTime(1);
    expect(health.mayTakeOver()).toBe(true);
    expect(events).toEqual(["database failed", "database back"]);
  },
);

it("an answer after a long silence delays takeovers too", async () => {
  const { health, works } = connected();
  health.lookFailed(new Error("on purpose"));
  vi.advanceTimersByTime(renewalMs);
  expect(health.mayTakeOver()).toBe(false);
  await works();
  expect(health.mayTakeOver()).toBe(false);
  vi.advanceTimersByTime(renewalMs);
  expect(health.mayTakeOver()).toBe(true);
});
