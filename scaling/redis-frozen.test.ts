import { expect, it } from "vitest";
import { testDatabase } from "#src/testing/database.ts";
import { describeRedises } from "#src/testing/redises.ts";
import { median } from "#src/testing/stream.ts";

describeRedises(await testDatabase(), (on) => {
  it("has a master that freezes and comes back as a replica, then one that is killed", async () => {
    expect(median(await on().failOver("SIGSTOP"))).toBeLessThan(1000);
    await on().failOver("SIGKILL");
  });
});
