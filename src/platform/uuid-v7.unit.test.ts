import { expect, it } from "vitest";
import { uuidV7 } from "./uuid-v7.ts";

it("is a UUID of version 7 that starts with the time", () => {
  const before = Date.now();
  const uuid = uuidV7();
  expect(uuid).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  const time = Number.parseInt(uuid.replace("-", "").slice(0, 12), 16);
  expect(time).toBeGreaterThanOrEqual(before);
  expect(time).toBeLessThanOrEqual(Date.now());
});

it("is always new, even within one millisecond", () => {
  const many = Array.from({ length: 10_000 }, uuidV7);
  expect(new Set(many).size).toBe(many.length);
});
