import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { testDatabase } from "../fixtures/database.ts";
import { testMailing } from "../fixtures/mailing.ts";
import { raiseFirst } from "../fixtures/raise.ts";
import { whenReady } from "../fixtures/services.ts";
import { aSignup } from "../system/person.ts";
import { aUser } from "../fixtures/user.ts";
import { serve } from "#src/web/api/serve.ts";
import { codeFor, signId } from "#src/platform/signed-id.ts";

const database = await testDatabase();
const { db } = database;
const { services, start, ended, mailsTo } = await testMailing(database);
const secrets = services.env.APP_SECRET;
beforeAll(() => whenReady(services));
afterEach(async () => {
  const { rows } = await db.raw<{ rows: { drop: string }[] }>(
    `select format('drop function %I cascade', proname) as drop from pg_proc where proname like 'raise\\_%'`,
  );
  for (const { drop } of rows) await db.raw(drop);
});

let clients = 0;
/** A client that no other test uses. */
const aClient = () => `198.51.100.${++clients}`;

async function post(
  procedure: string,
  input: unknown,
  { client = aClient(), userId }: { client?: string; userId?: string } = {},
) {
  const cookie = userId ? `enlist_signup=${signId(secrets, "signup-cookie", userId)}` : "";
  const headers = { "content-type": "application/json", "x-enlist-client": client, cookie };
  const url = `http://localhost:3000/api/trpc/${procedure}`;
  const init = { method: "POST", headers, body: JSON.stringify(input) };
  const response = await serve(new Request(url, init), services);
  const { result, error } = await response.json();
  return { status: response.status, result: result?.data, error, headers: response.headers };
}

const linkOf = (verificationId: string) => signId(secrets, "verification-link", verificationId);
const rowOf = ({ id }: { id: string }) => db("users").where({ id }).first();
const usersNamed = (username: string) => db("users").where({ username });

const SQLSTATES = ["40P01", "40001"] as const;
/** Each immediately, and at the COMMIT, after everything else was done. */
const WHENS = SQLSTATES.flatMap((sqlstate) =>
  [false, true].map((atCommit) => ({ sqlstate, atCommit })),
);

describe.each(WHENS)("F23 twice $sqlstate, at the COMMIT: $atCommit", (when) => {
  it.each(["insert on users", "insert on email_verifications", "insert on tx_jobs"])(
    "by an %s: signs up with one job and one mail",
    async (on) => {
      const done = await raiseFirst(db, { on, ...when, times: 2 });
      const input = aSignup();
      const { status, result } = await post("createUser", input);
      expect(status).toBe(200);
      expect(await done()).toBe(3);
      const users = await usersNamed(input.username);
      expect(users).toMatchObject([{ id: result.user.id }]);
      expect(
        await db("tx_jobs").whereRaw("payload->>'verificationId' = ?", [users[0].verification_id]),
      ).toHaveLength(1);
      const close = start();
      expect(await ended({ verificationId: users[0].verification_id })).toMatchObject({ takes: 1 });
      await close();
      expect(mailsTo(input)).toHaveLength(1);
    },
  );

  it("during a repeated sign-up, or with a taken username: the answer is unchanged", async () => {
    const input = aSignup();
    const first = await post("createUser", input);
    await raiseFirst(db, { on: "insert on users", sqlstate: when.sqlstate, times: 2 });
    expect(await post("createUser", input)).toMatchObject({ status: 200, result: first.result });
    const taken = await post("createUser", aSignup({ username: input.username }));
    expect(taken).toMatchObject({ status: 409, error: { data: { field: "username" } } });
  });

  it("as a link is confirmed: verified", async () => {
    const user = await aUser(db);
    const done = await raiseFirst(db, { on: "update on users", ...when, times: 2 });
    const token = linkOf(user.verificationId);
    const answer = await post("verifyEmail", { token }, { userId: user.id });
    expect(answer).toMatchObject({ status: 200, result: { status: "verified" } });
    expect(await done()).toBe(3);
    expect((await rowOf(user)).email_verified_at).toBeInstanceOf(Date);
  });

  it("as a code is typed: verified, and one attempt used", async () => {
    const user = await aUser(db);
    const spent = await raiseFirst(db, {
      on: "update of code_attempts on email_verifications",
      ...when,
      times: 2,
    });
    const verified = await raiseFirst(db, { on: "update on users", ...when, times: 2 });
    const code = codeFor(secrets, user.verificationId);
    const answer = await post("verifyEmail", { code }, { userId: user.id });
    expect(answer).toMatchObject({ status: 200, result: { status: "verified" } });
    expect([await spent(), await verified()]).toEqual([3, 3]);
    const mail = await db("email_verifications").where({ id: user.verificationId }).first();
    expect(mail).toMatchObject({ code_attempts: 1, used_at: expect.any(Date) });
  });

  it("as a sign-up is discarded: deleted", async () => {
    const user = await aUser(db);
    const done = await raiseFirst(db, { on: "delete on users", ...when, times: 2 });
    const answer = await post("discardSignup", { token: linkOf(user.verificationId) });
    expect(answer).toMatchObject({ status: 200, result: { status: "discarded" } });
    expect(await done()).toBe(3);
    expect(await rowOf(user)).toBeUndefined();
  });

  it("as an address is corrected: one mail to it", async () => {
    const user = await aUser(db);
    const done = await raiseFirst(db, { on: "update on users", ...when, times: 2 });
    const email = `right.${user.email}`;
    const answer = await post("correctEmail", { email }, { userId: user.id });
    expect(answer).toMatchObject({ status: 200, result: { email } });
    expect(await done()).toBe(3);
    expect(await db("email_verifications").where({ user_id: user.id })).toHaveLength(2);
    const { verification_id: newest } = await rowOf(user);
    expect(await db("tx_jobs").where({ id: newest })).toHaveLength(1);
  });
});

describe("F23 a retried transaction counts once", () => {
  const late = { sqlstate: "40001", times: 2, atCommit: true };

  it("for sign-ups with one address, five per hour", async () => {
    const [client, { email }] = [aClient(), aSignup()];
    for (let n = 0; n < 5; n++) {
      await raiseFirst(db, { on: "insert on users", ...late });
      expect((await post("createUser", aSignup({ email }), { client })).status).toBe(200);
    }
    expect((await post("createUser", aSignup({ email }), { client })).status).toBe(429);
  });

  it("for mails of one sign-up, ten per hour", async () => {
    const user = await aUser(db);
    for (let n = 0; n < 11; n++) {
      await db("email_verifications")
        .where({ user_id: user.id })
        .update({ created_at: db.raw("created_at - interval '2 minutes'") });
      await raiseFirst(db, { on: "update on users", ...late });
      const { status } = await post(
        "correctEmail",
        { email: aSignup().email },
        { userId: user.id },
      );
      expect(`${n}: ${status}`).toBe(`${n}: ${n < 10 ? 200 : 429}`);
    }
  });
});

it("F23 endless deadlocks: refused as busy, nothing is saved or counted, and a retry succeeds", async () => {
  const [client, input] = [aClient(), aSignup()];
  for (let n = 0; n < 6; n++) {
    await raiseFirst(db, { on: "insert on users", sqlstate: "40P01", times: 5, atCommit: true });
    const { status, error, headers } = await post("createUser", input, { client });
    expect(status).toBe(503);
    expect(error.message).toMatch(/sending it twice is safe/);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await usersNamed(input.username)).toEqual([]);
  }
  expect((await post("createUser", input, { client })).status).toBe(200);
});
