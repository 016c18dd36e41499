import { expect, it } from "vitest";
import { differInTime } from "#test/fixtures/compare-times.ts";
import { testDatabase } from "#test/fixtures/database.ts";
import { testContext, testServices, whenReady } from "#test/fixtures/services.ts";
import { aSignup } from "#test/system/person.ts";
import { appRouter } from "#src/web/api/router.ts";

const services = await testServices(await testDatabase(), { RATE_LIMITS: "off" });
await whenReady(services);
const { createUser } = appRouter.createCaller(testContext(services));

it("a wrong password takes equally long whether or not the address is right", async () => {
  const input = aSignup();
  await createUser(input);
  const tryAgain = (email: string) => async () => {
    const { requestId } = aSignup();
    const again = { ...input, requestId, email, password: "another-vexed-lantern" };
    await expect(createUser(again)).rejects.toThrow("taken");
  };
  const right = tryAgain(input.email);
  const wrong = tryAgain(aSignup().email);
  for (let n = 0; n < 10; n++) await (n % 2 ? right() : wrong());
  expect(await differInTime({ a: right, b: wrong }, 30)).toBe(false);
});
