import { expect, it } from "vitest";
import { testDatabase } from "#test/fixtures/database.ts";
import { noReturns } from "#test/fixtures/services.ts";
import { aUser } from "#test/fixtures/user.ts";
import { signId, type Secrets } from "#src/platform/signed-id.ts";
import { inspectLink } from "./inspect-link.ts";

const { db } = await testDatabase();
const secrets: Secrets = ["a secret for the tests that is long enough"];

const inspect = (user: { verificationId: string }, signedUpUserId: string | null = null) =>
  inspectLink(
    { db, returns: noReturns, secrets, signedUpUserId },
    signId(secrets, "verification-link", user.verificationId),
  );

const rowsOf = async (user: { id: string }) => [
  await db("users").where({ id: user.id }),
  await db("email_verifications").where({ user_id: user.id }),
];

it("tells whose link it is and whether it needs the password, and changes nothing", async () => {
  const user = await aUser(db);
  const before = await rowsOf(user);
  const { username, email } = user;
  const open = { status: "open", username, email };
  expect(await inspect(user)).toEqual({ ...open, needsPassword: true });
  expect(await inspect(user, user.id)).toEqual({ ...open, needsPassword: false });
  expect(await rowsOf(user)).toEqual(before);
});

it("reports a verified account, an expired link, and a claim that moved or is gone", async () => {
  const user = await aUser(db);
  await db("email_verifications").where({ user_id: user.id }).update({ expires_at: db.fn.now() });
  const dead = { code: "PRECONDITION_FAILED" };
  await expect(inspect(user)).rejects.toMatchObject({ ...dead, field: "token" });
  await db("users")
    .where({ id: user.id })
    .update({ email: `right.${user.email}` });
  await expect(inspect(user)).rejects.toMatchObject({ ...dead, field: undefined });
  const verified = { email: user.email, email_verified_at: db.fn.now() };
  await db("users").where({ id: user.id }).update(verified);
  expect(await inspect(user)).toEqual({ status: "already-verified" });
  await db("users").where({ id: user.id }).delete();
  await expect(inspect(user)).rejects.toMatchObject(dead);
  await expect(
    inspectLink({ db, returns: noReturns, secrets, signedUpUserId: null }, "x"),
  ).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});
