import { describe, expect, it } from "vitest";
import { FAULTS, KINDS, kindOf, plan } from "./plan.ts";

describe("a campaign's plan", () => {
  it("is the same for the same seed, and differs for another", () => {
    expect(plan(100, 7)).toEqual(plan(100, 7));
    expect(plan(100, 7)).not.toEqual(plan(100, 8));
  });

  it("has every kind of fault once before any repeats", () => {
    const kinds = plan(3 * KINDS.length, 1).map(({ name }) => kindOf(name));
    for (const kind of KINDS) expect(kinds.filter((each) => each === kind)).toHaveLength(3);
    expect(new Set(kinds.slice(0, KINDS.length))).toEqual(new Set(KINDS));
  });

  it("never has two faults on one part at once", () => {
    const until = new Map<string, number>();
    for (const { name, at, ms } of plan(500, 3)) {
      const { part, lasts } = FAULTS[name]!;
      expect(at).toBeGreaterThanOrEqual(until.get(part) ?? 0);
      expect(ms).toBeGreaterThanOrEqual(lasts[0]);
      expect(ms).toBeLessThanOrEqual(lasts[1]);
      until.set(part, at + ms);
    }
  });

  it("uses only the given kinds", () => {
    const kinds = ["redis flushed", "web killed"];
    expect(new Set(plan(20, 5, kinds).map(({ name }) => kindOf(name)))).toEqual(new Set(kinds));
  });
});
