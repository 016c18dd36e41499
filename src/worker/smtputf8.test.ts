import { beforeAll, expect, it } from "vitest";
import { testDatabase } from "#test/fixtures/database.ts";
import { testMailing } from "#test/fixtures/mailing.ts";
import { whenReady } from "#test/fixtures/services.ts";
import { aSignup } from "#test/system/person.ts";
import { startSpeaker } from "#test/fixtures/speaker.ts";

const { services, sink, start, signUp, mailsTo, ended } = await testMailing(await testDatabase());
beforeAll(() => whenReady(services));

const anAddress = (domain: string) => `jürgen.${aSignup().username}@${domain}`;

it.each([
  ["example.com", "example.com"],
  // nodemailer encodes the whole address one way; the mail server treats both as equal.
  ["xn--exmple-cua.com", "exämple.com"],
])(
  "sends to letters of any script at %s if the mail server supports them",
  async (kept, written) => {
    const stop = start();
    const email = anAddress(kept);
    const user = await signUp({ email });
    expect(await ended(user)).toMatchObject({ outcome: "done" });
    await stop();
    const [mail] = mailsTo({ email: email.replace(kept, written) });
    expect(mail!.source).toContain(`To: ${email.replace(kept, written)}\r\n`);
    expect(sink.mails).toContain(mail);
  },
);

it("fails after one attempt if the mail server does not support them", async () => {
  const said: string[] = [];
  const { url, close } = await startSpeaker((say, line) => {
    if (line) said.push(line);
    if (line === undefined) say("220 here");
    else if (/[^\0-\x7f]/.test(line)) say("553 5.6.7 Address needs SMTPUTF8");
    else say("250 ok");
  });
  const stop = start({ SMTP_URL: url });
  const user = await signUp({ email: anAddress("example.com") });
  expect(await ended(user)).toMatchObject({ outcome: "failed", attempts: 1 });
  expect(said).not.toContain("DATA");
  await stop();
  await close();
});
