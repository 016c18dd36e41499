import { afterAll, describe, expect, it } from "vitest";
import { testDatabase } from "#test/fixtures/database.ts";
import { startDnsServer } from "#test/fixtures/dns-server.ts";
import { testContext, testServices, whenReady } from "#test/fixtures/services.ts";
import { aSignup } from "#test/system/person.ts";
import { aUser } from "#test/fixtures/user.ts";
import { appRouter } from "#src/web/api/router.ts";
import { createAssertMailable } from "./assert-mailable.ts";
import { metrics } from "#src/platform/metrics/registry.ts";
import { signId } from "#src/platform/signed-id.ts";
import { createTakesMail } from "./takes-mail.ts";

const database = await testDatabase();
const dns = await startDnsServer({
  "": { ns: ["a.root-servers.net"] },
  "example.com": { mx: ["mx.example.com"] },
  "null.com": { mx: [""] },
  "silent.com": "silence",
  "xn--exmple-cua.com": { mx: ["mx.example.com"] },
});
afterAll(() => dns.close());
const services = await testServices(database);
await whenReady(services);
const { env, db } = services;

/** The API with the DNS above, and this user's cookie. */
function apiOf({ userId = "", ...settings }: { userId?: string } & Partial<typeof env> = {}) {
  const checked = { ...env, CHECK_MAIL_DOMAINS: "dns" as const, ...settings };
  const assertMailable = createAssertMailable(checked, createTakesMail([dns.address]));
  const cookie = userId && `enlist_signup=${signId(env.APP_SECRET, "signup-cookie", userId)}`;
  return appRouter.createCaller(testContext({ ...services, assertMailable }, cookie));
}

const local = () => aSignup().username;

/** Passwords hashed by this process so far. */
async function hashed(): Promise<number> {
  const { values } = await metrics().histograms.enlist_hash_seconds.get();
  return values.find(({ metricName }) => metricName?.endsWith("_count"))?.value ?? 0;
}

describe("an address that no mail can reach", () => {
  const REFUSED: [address: string, words: string][] = [
    ["ada@null.com", "No mail can be sent to null.com."],
    ["ada@nowhere.com", "No mail can be sent to nowhere.com."],
    ["ada@example.invalid", "No mail can be sent to example.invalid."],
    ["jürgen@example.com", "We cannot send mail to an address with “ü” before the @."],
    ["ада@example.com", "We cannot send mail to an address with “а” before the @."],
  ];

  it.each(REFUSED)(
    "is refused at sign-up, with an error at its field: %s",
    async (email, words) => {
      const before = await hashed();
      const refused = { code: "BAD_REQUEST", message: expect.stringContaining(words) };
      await expect(apiOf().createUser(aSignup({ email }))).rejects.toMatchObject({
        ...refused,
        cause: { field: "email" },
      });
      expect(await hashed()).toBe(before);
    },
  );

  it.each(REFUSED)(
    "is refused as a correction, and the old address stays: %s",
    async (email, words) => {
      const user = await aUser(db);
      const correcting = apiOf({ userId: user.id }).correctEmail({ email });
      const refused = { code: "BAD_REQUEST", message: expect.stringContaining(words) };
      await expect(correcting).rejects.toMatchObject({ ...refused, cause: { field: "email" } });
      expect(await db("users").where({ id: user.id }).first()).toMatchObject({ email: user.email });
    },
  );
});

describe("an address that mail may reach", () => {
  it.each([
    ["DNS confirms it", "example.com", "example.com"],
    ["DNS confirms its ASCII form", "EXÄMPLE.com", "xn--exmple-cua.com"],
    ["DNS does not answer", "silent.com", "silent.com"],
  ])("is accepted if %s: at %s", async (_, domain, kept) => {
    const name = local();
    const { user } = await apiOf().createUser(aSignup({ email: `${name}@${domain}` }));
    expect(user.email).toBe(`${name}@${kept}`);
    const right = `right.${name}@${domain}`;
    expect(await apiOf({ userId: user.id }).correctEmail({ email: right })).toEqual({
      email: `right.${name}@${kept}`,
    });
  });

  it("is accepted with letters of any script before the @ if the mail server supports them", async () => {
    const email = `jürgen.${local()}@exämple.com`;
    const { user } = await apiOf({ SMTPUTF8: "on" }).createUser(aSignup({ email }));
    expect(user.email).toBe(email.replace("exämple", "xn--exmple-cua"));
  });

  it.each([
    ["reserved", "nowhere.com"],
    ["off", "nowhere.invalid"],
  ] as const)(
    "is accepted without a DNS query if the check is %s",
    async (CHECK_MAIL_DOMAINS, domain) => {
      const before = dns.asked.length;
      const email = `${local()}@${domain}`;
      const { user } = await apiOf({ CHECK_MAIL_DOMAINS }).createUser(aSignup({ email }));
      expect([user.email, dns.asked.length]).toEqual([email, before]);
    },
  );
});

it("a successful sign-up is answered again, whatever DNS says later", async () => {
  const input = aSignup({ email: `${local()}@nowhere.com` });
  const { user } = await apiOf({ CHECK_MAIL_DOMAINS: "reserved" }).createUser(input);
  expect((await apiOf().createUser(input)).user).toEqual(user);
});
