import { expect, it } from "vitest";
import { HASHES_AT_ONCE, hashPassword, isPassword } from "./hash-password.ts";

it("refuses at once if the wait would be long, and finishes what it accepted", async () => {
  const hashing = Array.from({ length: 200 }, (_, n) => hashPassword(`password ${n}`));
  const last = hashing.at(-1)!;
  await expect(last).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
  const settled = await Promise.allSettled(hashing);
  const done = settled.filter(({ status }) => status === "fulfilled");
  expect(done).toHaveLength(16 * HASHES_AT_ONCE);
  expect(await isPassword(await hashPassword("later"), "later")).toBe(true);
});
