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
  [true, "a mail exchanger", "mails.com"],
  [true, "a name in capitals", "MAILS.com"],
  [true, "a null exchanger beside another", "both.com"],
  [true, "only an IPv4 address", "host.com"],
  [true, "only an IPv6 address", "host6.com"],
  [false, "a null exchanger (RFC 7505)", "null.com"],
  [false, "neither exchanger nor address", "bare.com"],
  [false, "an unknown name", "nowhere.com"],
  [true, "an error", "failing.com"],
  [true, "no answer", "silent.com"],
])("answers %s for %s: %s", async (takes, _, domain) => {
  expect(await takesMail(domain)).toBe(takes);
});

it("does not wait for a silent DNS, and asks it once for all concurrent requests", async () => {
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

it("refuses nothing if there is no DNS", async () => {
  const gone = await startDnsServer({});
  await gone.close();
  expect(await createTakesMail([gone.address])("nowhere.com")).toBe(true);
});

it.each([
  ["says that there are no others", {}],
  ["does not answer for them", { "": "SERVFAIL" } as const],
])("refuses nothing if DNS knows only one network and %s", async (_, zone) => {
  const local = await startDnsServer({ ...zone, "corp.internal": { mx: ["mx.corp.internal"] } });
  const takes = createTakesMail([local.address]);
  expect([await takes("gmail.com"), await takes("corp.internal")]).toEqual([true, true]);
  await local.close();
});

it.each([
  [true, ["a.invalid", "a.test", "A.EXAMPLE", "a.b.localhost"]],
  [false, ["example.com", "test.com", "atest", "invalid.de", "xn--exmple-cua.com"]],
])("answers whether a domain is reserved, %s: %j", (reserved, domains) => {
  for (const domain of domains) expect(isReservedDomain(domain), domain).toBe(reserved);
});
