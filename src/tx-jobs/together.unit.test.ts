import { setImmediate as turn } from "node:timers/promises";
import { expect, it } from "vitest";
import { together } from "./together.ts";

/** Doubles numbers, and notes which were asked for together. One is refused, with this code. */
function doubling(refused?: number, code?: string) {
  const asked: number[][] = [];
  const double = together(async (items: number[]) => {
    asked.push(items);
    if (items.includes(refused!)) throw Object.assign(new Error(`not ${refused}`), { code });
    return items.map((item) => 2 * item);
  });
  return { asked, double };
}

it("asks at once for what is wanted in the same turn, and answers each", async () => {
  const { asked, double } = doubling();
  expect(await Promise.all([1, 2, 3].map(double))).toEqual([2, 4, 6]);
  expect(asked).toEqual([[1, 2, 3]]);
});

it("asks for a lone one by the end of the turn, though an earlier answer is overdue", async () => {
  const asked: number[][] = [];
  const ask = together((items: number[]) => {
    asked.push(items);
    return new Promise<never>(() => {});
  });
  void ask(1);
  await turn();
  void ask(2);
  await turn();
  expect(asked).toEqual([[1], [2]]);
});

it("tries each alone if several are refused, so that one failure is one failure", async () => {
  const { asked, double } = doubling(2, "22023");
  const results = await Promise.allSettled([1, 2, 3].map(double));
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(asked).toEqual([[1, 2, 3], [1], [2], [3]]);
});

it("tries nothing again that may have succeeded, and no lone one", async () => {
  for (const [items, code] of [
    [[1, 2, 3], "ECONNRESET"],
    [[1, 2, 3], undefined],
    [[2], "22023"],
  ] as const) {
    const { asked, double } = doubling(2, code);
    for (const result of await Promise.allSettled(items.map(double)))
      expect(result).toMatchObject({ status: "rejected", reason: { message: "not 2" } });
    expect(asked).toEqual([items]);
  }
});
