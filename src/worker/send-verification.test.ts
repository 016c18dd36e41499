import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Mailer } from "#src/signup/mail/mailer.ts";
import type { Job } from "#src/tx-jobs/index.ts";
import { testDatabase } from "#test/fixtures/database.ts";
import { aUser } from "#test/fixtures/user.ts";
import { verificationSender } from "./send-verification.ts";

const { db } = await testDatabase();

it("reads the mails of jobs that start together in one statement, and sends each its own", async () => {
  const [one, two, verified] = [await aUser(db), await aUser(db), await aUser(db)];
  await db("users").where({ id: verified.id }).update({ email_verified_at: new Date() });
  const mails: { to: string; id: string; text: string }[] = [];
  const mailer: Pick<Mailer, "inTurn" | "send"> = {
    inTurn: (work) => work(),
    send: async (to, { id }, content) => void mails.push({ to, id, text: JSON.stringify(content) }),
  };
  const send = verificationSender({
    ...{ db, mailer: mailer as Mailer, secrets: ["a".repeat(32)], appUrl: "https://app.example" },
    ...{ verificationTtlHours: 24, messageIdDomain: "app.example" },
    closing: new AbortController().signal,
  });
  const statements: string[] = [];
  const note = ({ sql }: { sql: string }) => void statements.push(sql);
  db.on("query", note);
  const ids = [...[two, verified, one].map((user) => user.verificationId), randomUUID()];
  const job = {
    signal: new AbortController().signal,
    recordTogether: async () => [],
  } as unknown as Job;
  const results = await Promise.all(ids.map((verificationId) => send({ verificationId }, job)));
  db.off("query", note);
  expect(results).toEqual(["sent", "not owed", "sent", "gone"]);
  expect(statements).toHaveLength(1);
  expect(mails.map(({ to, id }) => ({ to, id }))).toEqual(
    [two, one].map((user) => ({ to: user.email, id: user.verificationId })),
  );
  // A link's token begins with the verification's id.
  for (const { id, text } of mails) expect(text).toContain(`token=${id.replaceAll("-", "")}`);
});
