import { expect, it } from "vitest";
import { testDatabase } from "#test/fixtures/database.ts";
import { testMailing } from "#test/fixtures/mailing.ts";
import { startSpeaker } from "#test/fixtures/speaker.ts";
import { waitFor } from "#test/servers/wait-for.ts";

const { services, start } = await testMailing(await testDatabase());

/** The EHLO names of a worker with these settings. */
async function greetings(changes: Partial<typeof services.env>): Promise<string[]> {
  const names: string[] = [];
  const { url, close } = await startSpeaker((say, line) => {
    if (line?.startsWith("EHLO ")) names.push(line.slice("EHLO ".length));
    say(line === undefined ? "220 here" : "250 ok");
  });
  const stop = start({ ...changes, SMTP_URL: url });
  await waitFor("a greeting", () => names.length > 0);
  await stop();
  await close();
  return names;
}

it.each([
  ["the host of APP_URL", "https://signup.enlist.example:8443/base", "signup.enlist.example"],
  ["that host in ASCII", "https://enlist.exämple.com.", "enlist.xn--exmple-cua.com"],
  ["an IPv4 address in brackets", "http://192.0.2.7:3000", "[192.0.2.7]"],
  ["an IPv6 address in brackets", "http://[2001:db8::7]:3000", "[IPv6:2001:db8::7]"],
])("a worker greets mail servers with %s", async (_, APP_URL, name) => {
  expect(await greetings({ APP_URL })).toEqual([name]);
});

it.each(["http://localhost:3000", "http://web:3000", "http://enlist.localhost"])(
  "a worker does not greet with a name that no mail server knows: %s",
  async (APP_URL) => {
    const [name] = await greetings({ APP_URL });
    expect(name).toMatch(/^\[127\.0\.0\.1\]$|^[\w-]+(\.[\w-]+)+$/);
    expect(name).not.toContain("localhost");
  },
);

it("MAIL_HOSTNAME takes precedence over both", async () => {
  const changes = { APP_URL: "https://enlist.example", MAIL_HOSTNAME: "mail.enlist.example" };
  expect(await greetings(changes)).toEqual(["mail.enlist.example"]);
});
