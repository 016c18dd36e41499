import { afterAll, expect, it } from "vitest";
import { startDnsServer } from "#test/fixtures/dns-server.ts";
import { createTakesMail, isReservedDomain } from "./takes-mail.ts";

const ROOT = { "": { ns: ["a.root-servers.net"] } };
const dns = await startDnsServer({
  ...ROOT,
  "mails.com": { mx: ["mx.mails.com"] },
  "both.com": { mx: ["", "mx.both.com"] },
  "host.com": { a: ["192.0.2.1"] },
  "host6.com": { aaaa: ["::1"] },
  "null.com": { mx: [""], a: ["192.0.2.1"] },
  "bare.com": { ns: ["ns.bare.com"] },
  "failing.com": "SERVFAIL",
  "silent.com": "silence",
});
afterAll(() => dns.close());
const takesMail = createTakesMail([dns.address]);

it.each([
  [true, "an exchange", "mails.com"],
  [true, "in capitals", "MAILS.com"],
  [true, "an exchange beside none", "both.com"],
  [true, "an address", "host.com"],
  [true, "an address of IPv6", "host6.com"],
  [false, "an exchange that is none (RFC 7505)", "null.com"],
  [false, "neither", "bare.com"],
  [false, "no such name", "nowhere.com"],
  [true, "an error", "failing.com"],
  [true, "no answer", "silent.com"],
])("says %s to %s: %s", async (takes, _, domain) => {
  expect(await takesMail(domain)).toBe(takes);
});

it("keeps nobody waiting where DNS is silent, and asks once for all who come meanwhile", async () => {
  const fresh = createTakesMail([dns.address]);
  const before = dns.asked.length;
  const begin = performance.now();
  expect(await Promise.all(Array.from({ length: 50 }, () => fresh("silent.com")))).not.toContain(
    false,
  );
  // The deadline is half a second; the rest allows for a busy machine.
  expect(performance.now() - begin).toBeLessThan(2000);
  expect(await fresh("silent.com")).toBe(true);
  expect(dns.asked.slice(before)).toEqual(["mx silent.com"]);
});

it("refuses nothing where there is no DNS", async () => {
  const gone = await startDnsServer({});
  await gone.close();
  expect(await createTakesMail([gone.address])("nowhere.com")).toBe(true);
});

it.each([
  ["says that there are no others", {}],
  ["does not answer for them", { "": "SERVFAIL" } as const],
])("refuses nothing where DNS knows one network alone, and %s", async (_, zone) => {
  const local = await startDnsServer({ ...zone, "corp.internal": { mx: ["mx.corp.internal"] } });
  const takes = createTakesMail([local.address]);
  expect([await takes("gmail.com"), await takes("corp.internal")]).toEqual([true, true]);
  await local.close();
});

it.each([
  [true, ["a.invalid", "a.test", "A.EXAMPLE", "a.b.localhost"]],
  [false, ["example.com", "test.com", "atest", "invalid.de", "xn--exmple-cua.com"]],
])("is reserved, %s: %j", (reserved, domains) => {
  for (const domain of domains) expect(isReservedDomain(domain), domain).toBe(reserved);
});
