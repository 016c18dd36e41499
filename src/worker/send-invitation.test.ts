import { expect, it } from "vitest";
import { testDatabase } from "#test/fixtures/database.ts";
import { endedJob } from "#test/fixtures/job-row.ts";
import { testMailing } from "#test/fixtures/mailing.ts";
import { whenReady } from "#test/fixtures/services.ts";
import { aUser } from "#test/fixtures/user.ts";
import { aPerson } from "#test/system/person.ts";
import { waitFor } from "#test/servers/wait-for.ts";
import { readSignedId } from "#src/platform/signed-id.ts";
import { invite } from "#src/signup/invitation/invite.ts";
import { pruneInvitations } from "./prune-invitations.ts";

const database = await testDatabase();
const { db } = database;
const { services, sink, start, mailsTo } = await testMailing(database);
await whenReady(services);
start();

async function anInvitation(language: "en" | "de" = "en") {
  const { email } = aPerson();
  const id = await invite({ db, jobs: services.jobs, ttlHours: 1 }, { email, language });
  return { id: id!, email };
}

const rowOf = (id: string) => db("invitations").where({ id }).first();

/** Waits for attempts that began before what has just changed. */
const attemptsEnded = (ids: string[]) =>
  waitFor("the attempts under way to end", async () => {
    const rows = await db("tx_jobs").whereIn("id", ids);
    return rows.every(({ leased_by, outcome }) => outcome || !leased_by);
  });

it("is mailed once, in its language, with a link that is its own", async () => {
  const { id, email } = await anInvitation("de");
  expect(await endedJob(db, id)).toMatchObject({ outcome: "done" });
  const [mail, ...more] = mailsTo({ email });
  expect(more).toEqual([]);
  expect(mail!.source).toContain("Subject: Ihre Einladung");
  const body = mail!.source.replaceAll("=\r\n", "");
  const [, token] = /\/de\/signup\?invitation=3D([\da-f]{96})|invitation=([\da-f]{96})/.exec(body)!;
  expect(readSignedId(services.env.APP_SECRET, "invitation-link", token!)).toBe(id);
  const { sent_at, expires_at } = await rowOf(id);
  // INVITATION_TTL_HOURS from the mail on, whatever the command said.
  expect(expires_at - sent_at).toBe(336 * 3_600_000);
});

it("is not mailed if it was withdrawn, or used, while the mail server was down", async () => {
  sink.behave("refuse", "451 4.3.2 Try again later");
  const [withdrawn, used] = [await anInvitation(), await anInvitation()];
  await waitFor("an attempt at each", async () => {
    const rows = await db("tx_jobs").whereIn("id", [withdrawn.id, used.id]);
    return rows.every(({ attempts }) => attempts > 0);
  });
  await db("invitations").where({ id: withdrawn.id }).delete();
  await db("invitations").where({ id: used.id }).update({ sent_at: db.fn.now() });
  await attemptsEnded([withdrawn.id, used.id]);
  sink.behave("accept");
  for (const { id, email } of [withdrawn, used]) {
    expect(await endedJob(db, id)).toMatchObject({ outcome: "done" });
    expect(mailsTo({ email })).toEqual([]);
  }
});

it("is not mailed if the address has an account by then", async () => {
  sink.behave("refuse", "451 4.3.2 Try again later");
  const { id, email } = await anInvitation();
  const user = await aUser(db, { email: email.toUpperCase() });
  await db("users").where({ id: user.id }).update({ email_verified_at: db.fn.now() });
  await attemptsEnded([id]);
  sink.behave("accept");
  expect(await endedJob(db, id)).toMatchObject({ outcome: "done" });
  expect(mailsTo({ email })).toEqual([]);
});

it("is deleted once it has expired unused, and its mail is not under way", async () => {
  const [young, expired] = [await anInvitation(), await anInvitation()];
  for (const { id } of [young, expired]) await endedJob(db, id);
  await db("invitations")
    .where({ id: expired.id })
    .update({ expires_at: new Date(0) });
  await pruneInvitations(db);
  expect(await rowOf(expired.id)).toBeUndefined();
  expect(await rowOf(young.id)).toBeDefined();
});
