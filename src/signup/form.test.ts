import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { testDatabase } from "#test/fixtures/database.ts";
import { testContext, testServices, whenReady } from "#test/fixtures/services.ts";
import { aPerson, aSignup } from "#test/system/person.ts";
import { appRouter } from "#src/web/api/router.ts";
import { signId } from "#src/platform/signed-id.ts";
import { createUserTx } from "./create-user-tx.ts";
import { invite } from "./invitation/invite.ts";
import { userParams } from "#test/fixtures/user.ts";

const database = await testDatabase();
const { db } = database;
const services = await testServices(database, {
  RATE_LIMITS: "off",
  USERNAMES: "off",
  FULL_NAMES: "off",
});
await whenReady(services);

const api = appRouter.createCaller(testContext(services));

function anInput() {
  const { email, password } = aPerson();
  return { requestId: randomUUID(), email, password };
}

describe("a sign-up without a username", () => {
  it("is found again by its requestId, with the same address and password", async () => {
    const input = anInput();
    const first = await api.createUser(input);
    expect(first.user).toMatchObject({ username: null, fullName: null, email: input.email });
    expect(await api.createUser({ ...input, email: input.email.toUpperCase() })).toEqual(first);
    for (const other of [{ password: "another-otter-lantern-42" }, { email: anInput().email }]) {
      await expect(api.createUser({ ...input, ...other })).rejects.toMatchObject({
        code: "CONFLICT",
        cause: { field: "requestId" },
      });
    }
  });

  it("is another one in another browser: nothing tells whether the address is known", async () => {
    const input = anInput();
    const first = await api.createUser(input);
    const second = await api.createUser({ ...input, requestId: randomUUID() });
    expect(second.user.id).not.toBe(first.user.id);
    await db("users").where({ id: first.user.id }).update({ email_verified_at: db.fn.now() });
    const third = await api.createUser({ ...input, requestId: randomUUID() });
    expect(third.user.id).not.toBe(first.user.id);
  });

  it("refuses a username, and does not tell whether one is free", async () => {
    await expect(
      api.createUser({ ...anInput(), username: aSignup().username }),
    ).rejects.toMatchObject({ code: "BAD_REQUEST", cause: { issues: [{ path: ["username"] }] } });
    await expect(api.usernameAvailable({ username: "ada" })).rejects.toMatchObject({
      code: "BAD_REQUEST",
      cause: { reason: "usernames_off" },
    });
  });
});

it("is found again after the form has changed, by what every form asks for", async () => {
  const usual = await testServices(database, { RATE_LIMITS: "off" });
  await whenReady(usual);
  const before = appRouter.createCaller(testContext(usual));
  const input = aSignup();
  const first = await before.createUser(input);
  expect(await api.createUser(input)).toEqual(first);
  const nameless = anInput();
  const second = await api.createUser(nameless);
  expect(await before.createUser(nameless)).toEqual(second);
  // Whatever else is wrong, and what was never made, is refused as always.
  for (const other of [
    { ...input, requestId: randomUUID() },
    { ...input, email: "nobody" },
    { ...input, requestId: "1" },
  ]) {
    await expect(api.createUser(other)).rejects.toMatchObject({ code: "BAD_REQUEST" });
  }
  await expect(
    api.createUser({ ...input, password: "another-otter-lantern-42" }),
  ).rejects.toMatchObject({ code: "CONFLICT" });
});

it("is refused if an invitation to the same address was used by another sign-up meanwhile", async () => {
  const input = anInput();
  const invited = { email: input.email, language: "en" } as const;
  const id = await invite({ db, jobs: services.jobs, ttlHours: 1 }, invited);
  const invitation = signId(services.env.APP_SECRET, "invitation-link", id!);
  const tries = [1, 2, 3].map(() => ({ ...input, requestId: randomUUID(), invitation }));
  const results = await Promise.allSettled(tries.map((one) => api.createUser(one)));
  const reasons = results.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
  expect(reasons).toEqual(["PRECONDITION_FAILED", "PRECONDITION_FAILED"]);
});

it("keeps the accepted terms with the time, and the adopter's own field as JSON", async () => {
  const extra = { company: 'O’Reilly "& Söhne"', employees: 7 };
  const { id } = await createUserTx(db, userParams({ acceptedTerms: "2026-11-01", extra }));
  const { id: without } = await createUserTx(db, userParams());
  const [kept, none] = await Promise.all(
    [id, without].map((user) => db("users").where({ id: user }).first()),
  );
  expect(kept).toMatchObject({ terms_version: "2026-11-01", extra });
  expect(kept.terms_accepted_at).toEqual(kept.created_at);
  expect(none).toMatchObject({ terms_version: null, terms_accepted_at: null, extra: null });
});
