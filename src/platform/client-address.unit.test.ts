import type { IncomingMessage } from "node:http";
import { expect, it } from "vitest";
import { parseTrust, readClientAddress, toClient, toSite } from "./client-address.ts";

it.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["::FFFF:192.0.2.7", "192.0.2.7"],
  ["::1", "0:0:0:0::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["2001:0DB8:0:0:ffff:1:2:3", "2001:db8:0:0::/64"],
  ["2001:db8:1:2::", "2001:db8:1:2::/64"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["64:ff9b::192.0.2.7", "64:ff9b:0:0::/64"],
  ["203.0.113.9:4711", "203.0.113.9"],
  ["[2001:db8::1]:4711", "2001:db8:0:0::/64"],
  ["[2001:db8::1]", "2001:db8:0:0::/64"],
  ["", "unknown"],
  [undefined, "unknown"],
])("%s counts as the client %s", (address, client) => expect(toClient(address)).toBe(client));

it.each([
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"],
  ["2001:db8:1:ffff::1", "2001:db8:1::/48"],
  ["::1", "0:0:0::/48"],
  ["192.0.2.7", undefined],
  [undefined, undefined],
])("%s is in the /48 %s", (address, site) => expect(toSite(toClient(address))).toBe(site));

const from = (remoteAddress: string, forwarded?: string) =>
  ({
    socket: { remoteAddress },
    headers: { "x-forwarded-for": forwarded },
  }) as never as IncomingMessage;

it.each([
  ["0", "10.0.0.1", "203.0.113.9", "10.0.0.1"],
  ["1", "10.0.0.1", "203.0.113.9", "203.0.113.9"],
  ["1", "10.0.0.1", "198.51.100.66, 203.0.113.9", "203.0.113.9"],
  ["2", "10.0.0.1", "198.51.100.66, 203.0.113.9, 10.0.0.2", "203.0.113.9"],
  ["2", "10.0.0.1", "203.0.113.9", "203.0.113.9"],
  ["1", "10.0.0.1", undefined, "10.0.0.1"],
  ["1", "10.0.0.1", "198.51.100.66, 192.168.1.50", "192.168.1.50"],
  ["uniquelocal", "10.0.0.1", "198.51.100.66, 203.0.113.9", "203.0.113.9"],
  ["uniquelocal", "203.0.113.9", "198.51.100.66", "203.0.113.9"],
  ["loopback, 10.0.0.0/8", "10.0.0.1", "198.51.100.66, 203.0.113.9, 127.0.0.1", "203.0.113.9"],
  ["2001:db8::/32", "2001:db8::1", "203.0.113.9", "203.0.113.9"],
])(
  "with TRUST_PROXY=%s, socket %s and X-Forwarded-For %s, the client is %s",
  (trust, socket, said, is) => {
    expect(readClientAddress(from(socket, said), parseTrust(trust))).toBe(is);
  },
);

it.each(["", "-1", "1.5", "everybody", "10.0.0.0/33", "10.0.0.1;"])(
  "refuses TRUST_PROXY=%s",
  (value) => expect(() => parseTrust(value)).toThrow(TypeError),
);
