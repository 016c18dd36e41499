import { describe, expect, it } from "vitest";
import { testDatabase } from "#test/fixtures/database.ts";
import { userParams } from "#test/fixtures/user.ts";
import { createUserTx } from "./create-user-tx.ts";

const { db } = await testDatabase();

const rowsOf = async (username: string) => db("users").where({ username }).select("id");

describe("createUserTx", () => {
  it("commits the user and the verification, and passes both to afterCreate", async () => {
    let seen: unknown;
    const input = userParams({ afterCreate: async (user) => (seen = user) });
    const user = await createUserTx(db, input);
    expect(seen).toEqual(user);
    expect(user).toMatchObject({ username: input.username, email: input.email });
    expect(user.verificationId).toBe(input.verificationId);
    const verification = await db("email_verifications").where({ id: user.verificationId }).first();
    expect(verification).toMatchObject({ user_id: user.id, email: input.email, sent_at: null });
    expect(await db("users").where({ id: user.id }).first()).toMatchObject({
      verification_id: input.verificationId,
    });
    const hours = (verification.expires_at - verification.created_at) / 3_600_000;
    expect(hours).toBe(24);
  });

  it("saves nothing if afterCreate throws", async () => {
    const input = userParams({ afterCreate: () => Promise.reject(new Error("no")) });
    await expect(createUserTx(db, input)).rejects.toThrow("no");
    expect(await rowsOf(input.username)).toEqual([]);
    expect(await db("email_verifications").where({ email: input.email })).toEqual([]);
  });

  it("runs afterCreate inside the transaction, before others see the user", async () => {
    const input = userParams({
      afterCreate: async ({ id }, tx) => {
        expect(await rowsOf(input.username)).toEqual([]);
        expect(await tx("users").where({ id })).toHaveLength(1);
      },
    });
    await createUserTx(db, input);
    expect(await rowsOf(input.username)).toHaveLength(1);
  });

  it("treats SQL in a value as text", async () => {
    const text = `'), (1); delete from users; -- " $1 :id ? \\`;
    const { id } = await createUserTx(
      db,
      userParams({ fullName: text, email: text, passwordHash: text }),
    );
    const row = await db("users").where({ id }).first();
    expect(row).toMatchObject({ full_name: text, email: text, password_hash: text });
    expect(await db("email_verifications").where({ user_id: id }).first()).toMatchObject({
      email: text,
    });
  });

  it.each(["username", "requestId"] as const)("lets the unique index decide on %s", async (key) => {
    const first = userParams();
    await createUserTx(db, first);
    const second = userParams({ [key]: first[key] });
    await expect(createUserTx(db, second)).rejects.toMatchObject({ code: "23505" });
  });

  it("lets many sign-ups claim one address", async () => {
    const first = userParams();
    await createUserTx(db, first);
    await createUserTx(db, userParams({ email: first.email }));
    expect(await db("users").where({ email: first.email })).toHaveLength(2);
  });
});
