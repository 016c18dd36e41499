import { expect, it } from "vitest";
import { testDatabase } from "../fixtures/database.ts";
import { describeRedises } from "../fixtures/redises.ts";
import { median } from "../fixtures/stream.ts";

describeRedises(await testDatabase(), (on) => {
  it("has a master that freezes and returns as a replica, then one that is killed", async () => {
    expect(median(await on().failOver("SIGSTOP"))).toBeLessThan(1000);
    await on().failOver("SIGKILL");
  });
});
