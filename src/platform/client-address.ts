import type { IncomingMessage } from "node:http";
import proxyAddr from "proxy-addr";

/** Whether to trust the proxy at this address, `hop` steps away from us. */
export type Trust = (address: string, hop: number) => boolean;

/**
 * Parses TRUST_PROXY like Express's "trust proxy": a number of proxies, or a list of addresses and
 * networks. @throws TypeError for anything else
 */
export function parseTrust(value: string): Trust {
  if (/^\d+$/.test(value)) return (_, hop) => hop < Number(value);
  return proxyAddr.compile(value.split(",").map((network) => network.trim()));
}

/**
 * The address of the client: the socket's or, behind trusted proxies, the one they put into
 * X-Forwarded-For. That header is ignored from anyone else.
 */
export function readClientAddress(request: IncomingMessage, trust: Trust): string | undefined {
  // Without an address the connection is closed, which proxy-addr does not handle.
  return request.socket.remoteAddress && proxyAddr(request, trust);
}

/**
 * The request header that passes the client's address on within web. sanitize-request.ts sets it on
 * every request, so a client's own value is overwritten.
 */
export const CLIENT_ADDRESS = "x-enlist-client";

/**
 * Maps an address to one client: an IPv4 address, or an IPv6 /64, because one subscriber has all of
 * it (RFC 6177). An IPv4 address mapped into IPv6 is the IPv4 address.
 * @param address from the socket or a proxy; undefined if the connection is closed
 */
export function toClient(address: string | undefined): string {
  // Some proxies append the port.
  const plain = address?.replace(/^\[(.*)\](:\d+)?$/, "$1").replace(/^([\d.]+):\d+$/, "$1");
  if (!plain) return "unknown";
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
  if (mapped || !plain.includes(":")) return mapped ?? plain;
  return toNetwork(plain, 4);
}

/**
 * The /48 of an IPv6 client, because one subscriber may have all its 65,536 /64s (RFC 6177).
 * Undefined for other clients.
 * @param client as returned by {@link toClient}
 */
export function toSite(client: string): string | undefined {
  return client.endsWith("::/64") ? toNetwork(client.slice(0, -3), 3) : undefined;
}

/** The network of an IPv6 address. @param length its number of 16-bit groups */
function toNetwork(address: string, length: number): string {
  const [before = [], after = []] = address
    .replace(/%.*$/, "")
    .split("::")
    .map((half) => half.split(":").filter(Boolean));
  const missing = Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array.from({ length: missing }, () => "0"), ...after];
  const prefix = groups.slice(0, length).map((group) => Number.parseInt(group, 16).toString(16));
  return `${prefix.join(":")}::/${16 * length}`;
}
