import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createGather } from "./gather.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Gathers for 100 ms, and notes who was let through. */
function aGather(isFull = () => false) {
  const gather = createGather(100, isFull);
  const through: number[] = [];
  let next = 0;
  const come = (count = 1) => {
    for (let left = count; left > 0; left--) {
      const number = ++next;
      void gather().then(() => through.push(number));
    }
  };
  /** Who came through since the last call, at once or within this many milliseconds. */
  const within = async (ms: number) => {
    await vi.advanceTimersByTimeAsync(ms);
    return through.splice(0);
  };
  return { come, within };
}

it("lets messages through at once while few come", async () => {
  const { come, within } = aGather();
  for (let n = 1; n <= 30; n++) {
    come();
    expect(await within(0)).toEqual([n]);
    await within(26); // Four in 100 ms.
  }
});

it("lets the first of many through at once, and those after them at the end of each interval", async () => {
  const { come, within } = aGather();
  come(5);
  expect(await within(99)).toEqual([1, 2, 3, 4, 5]);
  await within(1);
  come(3);
  expect(await within(50)).toEqual([]);
  come(3);
  expect(await within(49)).toEqual([]);
  expect(await within(1)).toEqual([6, 7, 8, 9, 10, 11]);
  come(2);
  expect(await within(99)).toEqual([]);
  expect(await within(1)).toEqual([12, 13]);
  come(); // Few have come in the last interval.
  expect(await within(0)).toEqual([14]);
});

it("forgets that many came once it was quiet", async () => {
  const { come, within } = aGather();
  come(5);
  expect(await within(200)).toEqual([1, 2, 3, 4, 5]);
  come();
  expect(await within(0)).toEqual([6]);
});

it("lets all through at once if no more can come", async () => {
  let isFull = false;
  const { come, within } = aGather(() => isFull);
  come(5);
  expect(await within(100)).toEqual([1, 2, 3, 4, 5]);
  come(2);
  expect(await within(10)).toEqual([]);
  isFull = true;
  come();
  expect(await within(0)).toEqual([6, 7, 8]);
});
