import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, inject, it } from "vitest";
import { testServices, testContext, whenReady } from "../fixtures/services.ts";
import { aSignup } from "../system/person.ts";
import { transact } from "#src/platform/transact.ts";
import { invite } from "#src/signup/invitation/invite.ts";
import { withdrawInvitations } from "#src/signup/invitation/withdraw-invitations.ts";
import { findUsers } from "#src/user/find-users.ts";
import { startEnlistWorker } from "#src/worker/start.ts";
import { migrate } from "../system/migrate.ts";
import { withClient } from "../servers/postgres.ts";
import { startSmtpSink } from "../servers/smtp-sink.ts";
import { waitFor } from "../servers/wait-for.ts";
import { appRouter } from "#src/web/api/router.ts";
import { createDb } from "#src/platform/db.ts";
import { signId } from "#src/platform/signed-id.ts";

// In Turkish, lower-case I is ı, and upper-case i is İ.
const server = inject("postgresUrl");
const name = `test_${randomUUID().replaceAll("-", "")}`;
await withClient(server, (client) =>
  client.query(`create database ${name} template template0 locale_provider icu icu_locale 'tr-TR'`),
);
const url = server.replace(/postgres$/, name);
migrate(url);
const db = createDb({ url, pool: 10 });
afterAll(async () => {
  await db.destroy();
  await withClient(server, (client) => client.query(`drop database ${name} with (force)`));
});
const sink = await startSmtpSink();
afterAll(() => sink.close());
const services = await testServices({ url, db }, { SMTP_URL: sink.url });
await whenReady(services);

/** The API, called by the browser in which this user signed up. */
const callerOf = (id: string) =>
  appRouter.createCaller(
    testContext(services, `enlist_signup=${signId(services.env.APP_SECRET, "signup-cookie", id)}`),
  );

async function signUp(email: string) {
  const input = aSignup({ email });
  const { user } = await appRouter.createCaller(testContext(services)).createUser(input);
  const { verification_id: id } = await db("users").where({ id: user.id }).first();
  return { ...user, token: signId(services.env.APP_SECRET, "verification-link", id) };
}

describe("in a Turkish database", () => {
  it("lower-casing follows Turkish rules", async () => {
    const { rows } = await db.raw("select lower('INFO') as small");
    expect(rows).toEqual([{ small: "ınfo" }]);
  });

  it("an address has one verified account, in any letter case", async () => {
    const local = `info_${randomUUID().slice(0, 8)}`;
    const first = await signUp(`${local.toUpperCase()}@EXAMPLE.COM`);
    const second = await signUp(`${local}@example.com`);
    await callerOf(first.id).verifyEmail({ token: first.token });
    await expect(callerOf(second.id).verifyEmail({ token: second.token })).rejects.toMatchObject({
      code: "PRECONDITION_FAILED",
      message: expect.stringContaining("already belongs"),
    });
  });

  it("another sign-up with a verified address is told so by mail", async () => {
    const local = `info_${randomUUID().slice(0, 8)}`;
    const owner = await signUp(`${local.toUpperCase()}@EXAMPLE.COM`);
    await callerOf(owner.id).verifyEmail({ token: owner.token });
    const { email } = await signUp(`${local}@example.com`);
    const worker = startEnlistWorker(services.env);
    const mail = await waitFor("the mail", () => sink.mails.find(({ to }) => to === email));
    await worker.close();
    expect(mail.source).toContain("Subject: You already have an account");
  });

  it("an invitation, and a user to find, are known in any letter case", async () => {
    const email = `INFO_${randomUUID().slice(0, 8)}@EXAMPLE.COM`;
    const inviteThem = (address: string) =>
      invite({ db, jobs: services.jobs, ttlHours: 1 }, { email: address, language: "en" });
    await inviteThem(email);
    await inviteThem(email.toLowerCase());
    expect(await db("invitations")).toMatchObject([{ email: email.toLowerCase() }]);
    expect(await transact(db, (tx) => withdrawInvitations(tx, email))).toBe(1);
    const user = await signUp(email);
    expect(await findUsers(db, email)).toHaveLength(1);
    await callerOf(user.id).verifyEmail({ token: user.token });
    expect(await inviteThem(email)).toBeNull();
  });

  it("every unique or searched column is compared under C", async () => {
    const { rows } = await db.raw(
      `select table_name || '.' || column_name as item from information_schema.columns
       where table_schema = 'public' and collation_name = 'C' order by 1`,
    );
    expect(rows.map(({ item }: { item: string }) => item)).toEqual([
      "email_verifications.email",
      "invitations.email",
      "users.email",
      "users.username",
    ]);
  });
});
