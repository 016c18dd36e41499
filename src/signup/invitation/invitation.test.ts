import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { testDatabase } from "#test/fixtures/database.ts";
import { testContext, testServices, whenReady } from "#test/fixtures/services.ts";
import { aUser, userParams } from "#test/fixtures/user.ts";
import { aSignup, type Signup } from "#test/system/person.ts";
import { signId } from "#src/platform/signed-id.ts";
import { transact } from "#src/platform/transact.ts";
import { appRouter } from "#src/web/api/router.ts";
import { writeSignupCookie } from "../signup-cookie.ts";
import { createUserTx } from "../create-user-tx.ts";
import { invite } from "./invite.ts";
import { useInvitation } from "./use-invitation.ts";
import { withdrawInvitations } from "./withdraw-invitations.ts";

const database = await testDatabase();
const { db } = database;
const settings = {
  RATE_LIMITS: "off",
  WEBHOOK_URL: "https://app.example/hooks",
  WEBHOOK_SECRET: `whsec_${Buffer.alloc(24).toString("base64")}`,
};
const services = await testServices(database, { ...settings, SIGNUPS: "invited" });
const open = await testServices(database, settings);
const closed = await testServices(database, { ...settings, SIGNUPS: "closed" });
await Promise.all([services, open, closed].map(whenReady));
const { APP_SECRET } = services.env;

const api = (on = services, cookie: string | null = null) =>
  appRouter.createCaller(testContext(on, cookie));
const signUp = (input: object, on = services) => api(on).createUser(input as Signup);

/** Invites an address. Returns the token of the mail's link. */
async function tokenFor(email: string): Promise<string> {
  const id = await invite({ db, jobs: services.jobs, ttlHours: 1 }, { email, language: "en" });
  return signId(APP_SECRET, "invitation-link", id!);
}

async function anInvited() {
  const input = aSignup();
  return { ...input, invitation: await tokenFor(input.email) };
}

const userOf = ({ email }: { email: string }) => db("users").where({ email });
const invitationsOf = ({ email }: { email: string }) => db("invitations").where({ email });
const eventsOf = (userId: string) =>
  db("tx_jobs").where({ name: "user.verified" }).whereRaw("payload->>'userId' = ?", [userId]);
const reason = (name: string) => ({ cause: { reason: name } });

describe("an invitation", () => {
  it("is a row and a job with the same id, and the job knows ids alone", async () => {
    const { email } = aSignup();
    await tokenFor(email);
    const [row] = await invitationsOf({ email });
    const job = await db("tx_jobs").where({ id: row.id }).first();
    expect(job).toMatchObject({ name: "invite", payload: { invitationId: row.id } });
  });

  it("takes the place of an earlier one, whose job goes too", async () => {
    const input = aSignup();
    const earlier = await tokenFor(input.email);
    const [before] = await invitationsOf(input);
    const later = await tokenFor(input.email.toUpperCase());
    expect(await db("tx_jobs").where({ id: before.id })).toEqual([]);
    await expect(api().inspectInvitation({ token: earlier })).rejects.toMatchObject(
      reason("invitation_unknown"),
    );
    expect(await api().inspectInvitation({ token: `3D${later}>` })).toEqual({
      email: input.email.toUpperCase(),
    });
  });

  it("is not made for an address that has an account", async () => {
    const input = await anInvited();
    await signUp(input);
    const deps = { db, jobs: services.jobs, ttlHours: 1 };
    expect(await invite(deps, { email: input.email.toUpperCase(), language: "en" })).toBeNull();
  });

  it("is the only open one, however many are made at once", async () => {
    const { email } = aSignup();
    await Promise.all([1, 2, 3, 4].map(() => tokenFor(email)));
    const made = await invitationsOf({ email });
    expect(made).toHaveLength(1);
    const jobs = await db("tx_jobs").where({ name: "invite", id: made[0].id });
    expect(jobs).toHaveLength(1);
  });

  it("is not made if its job cannot be", async () => {
    const { email } = aSignup();
    const jobs = { ...services.jobs, enqueue: () => Promise.reject(new Error("no job")) };
    await expect(invite({ db, jobs, ttlHours: 1 }, { email, language: "en" })).rejects.toThrow(
      "no job",
    );
    expect(await invitationsOf({ email })).toEqual([]);
  });
});

describe("a sign-up by invitation", () => {
  it("is verified at once, tells the application, and owes no mail", async () => {
    const input = await anInvited();
    const { user } = await signUp(input);
    const [row] = await userOf(input);
    expect(row.email_verified_at).toBeInstanceOf(Date);
    expect(await eventsOf(user.id)).toHaveLength(1);
    expect(await db("tx_jobs").where({ id: row.verification_id })).toEqual([]);
    expect(await invitationsOf(input)).toMatchObject([{ user_id: user.id }]);
    const cookie = writeSignupCookie({ secrets: APP_SECRET, secure: false }, user.id, 60);
    const statuses = await api(services, cookie.split(";")[0]).signupStatus();
    for await (const status of statuses) expect(status).toMatchObject({ stage: "verified" });
  });

  it("returns the first result if it is sent again, also when sign-ups are closed by then", async () => {
    const input = await anInvited();
    const first = await signUp(input);
    expect(await signUp(input)).toEqual(first);
    expect(await signUp(input, closed)).toEqual(first);
    await expect(signUp(aSignup(), closed)).rejects.toMatchObject(reason("signups_closed"));
    expect(await eventsOf(first.user.id)).toHaveLength(1);
  });

  it("is the same sign-up from another browser, if username, address and password are", async () => {
    const input = await anInvited();
    const first = await signUp(input);
    const elsewhere = { ...input, requestId: randomUUID() };
    expect(await signUp(elsewhere)).toEqual(first);
    expect(await signUp({ ...elsewhere, invitation: undefined })).toEqual(first);
    await expect(
      signUp({ ...elsewhere, password: "another-otter-lantern-42" }),
    ).rejects.toMatchObject(reason("invitation_used"));
  });

  it("is not taken for an earlier one of the same form with another address", async () => {
    const mistyped = aSignup();
    await signUp(mistyped, open);
    const { email, invitation } = await anInvited();
    const again = { ...mistyped, email, invitation };
    await expect(signUp(again)).rejects.toMatchObject(reason("request_id_used"));
    expect(await invitationsOf({ email })).toMatchObject([{ user_id: null }]);
  });

  it("has the address that was invited, in its letter case", async () => {
    const input = await anInvited();
    const { user } = await signUp({ ...input, email: input.email.toUpperCase() });
    expect(user).toMatchObject({ email: input.email, emailVerifiedAt: expect.any(String) });
  });

  it("happens once, however many come at once", async () => {
    const input = await anInvited();
    const tries = Array.from({ length: 6 }, () => ({
      ...aSignup({ email: input.email }),
      invitation: input.invitation,
    }));
    const results = await Promise.allSettled(tries.map((one) => signUp(one)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) {
      if (result.status === "rejected")
        expect(result.reason.cause.reason).toMatch(/invitation_used|address_verified_elsewhere/);
    }
    expect(await userOf(input)).toHaveLength(1);
    expect(await invitationsOf(input)).toHaveLength(1);
  });

  it("changes nothing if the invitation was withdrawn or used a moment before", async () => {
    for (const change of [
      (email: string) => invitationsOf({ email }).delete(),
      async (email: string) => {
        const { id } = await aUser(db);
        await invitationsOf({ email }).update({ user_id: id });
      },
    ]) {
      const input = await anInvited();
      const [{ id }] = await invitationsOf(input);
      await change(input.email);
      const params = userParams({
        email: input.email,
        isVerified: true,
        afterCreate: (user, tx) => useInvitation(tx, id, user.id),
      });
      await expect(createUserTx(db, params)).rejects.toMatchObject({ field: "invitation" });
      expect(await userOf(input)).toEqual([]);
    }
  });

  it("changes nothing if the event cannot be enqueued", async () => {
    const input = await anInvited();
    const broken = { ...services, announce: () => Promise.reject(new Error("no event")) };
    await expect(signUp(input, broken)).rejects.toMatchObject({ code: "INTERNAL_SERVER_ERROR" });
    expect(await userOf(input)).toEqual([]);
    expect(await invitationsOf(input)).toMatchObject([{ user_id: null }]);
    expect((await signUp(input)).user.email).toBe(input.email);
  });

  it("is refused for another address, after use, after withdrawal, and after expiry", async () => {
    const used = await anInvited();
    await signUp(used);
    const withdrawn = await anInvited();
    await transact(db, (tx) => withdrawInvitations(tx, withdrawn.email));
    const expired = await anInvited();
    await invitationsOf(expired).update({ expires_at: new Date(0) });
    const own = await anInvited();
    const cases: [object, string][] = [
      [aSignup(), "invitation_required"],
      [{ ...own, email: aSignup().email }, "invitation_for_another"],
      [{ ...aSignup({ email: used.email }), invitation: used.invitation }, "invitation_used"],
      [withdrawn, "invitation_unknown"],
      [expired, "invitation_expired"],
      [{ ...own, invitation: `f${own.invitation.slice(1)}` }, "invitation_unknown"],
    ];
    for (const [input, why] of cases) {
      await expect(signUp(input), why).rejects.toMatchObject(reason(why));
    }
    // Not even an invitation opens what is closed.
    await expect(signUp(own, closed)).rejects.toMatchObject(reason("signups_closed"));
    await expect(api(closed).inspectInvitation({ token: own.invitation })).rejects.toMatchObject(
      reason("signups_closed"),
    );
    expect((await signUp(own, open)).user.email).toBe(own.email);
  });

  it("verifies an earlier sign-up of the same person", async () => {
    const input = aSignup();
    const { user } = await signUp(input, open);
    const invitation = await tokenFor(input.email);
    const again = await signUp({ ...input, requestId: randomUUID(), invitation });
    expect(again.user).toEqual({ ...user, emailVerifiedAt: expect.any(String) });
    const [row] = await userOf(input);
    expect(row.email_verified_at).toBeInstanceOf(Date);
    expect(await eventsOf(user.id)).toHaveLength(1);
    expect(await invitationsOf(input)).toMatchObject([{ user_id: user.id }]);
  });

  it("does not verify somebody else's sign-up with that username", async () => {
    const theirs = aSignup();
    await signUp(theirs, open);
    const mine = await anInvited();
    await expect(signUp({ ...mine, username: theirs.username })).rejects.toMatchObject(
      reason("username_taken"),
    );
    expect(await userOf(theirs)).toMatchObject([{ email_verified_at: null }]);
    expect(await invitationsOf(mine)).toMatchObject([{ user_id: null }]);
  });
});
