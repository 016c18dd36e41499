import type { IncomingMessage } from "node:http";
import proxyAddr from "proxy-addr";

/** Whether the proxy at this address, so many hops away, is one whose word counts. */
export type Trust = (address: string, hop: number) => boolean;

/**
 * Reads TRUST_PROXY as Express reads its "trust proxy": a number of proxies in front, or a list of
 * addresses and networks. @throws TypeError where it is neither
 */
export function parseTrust(value: string): Trust {
  if (/^\d+$/.test(value)) return (_, hop) => hop < Number(value);
  return proxyAddr.compile(value.split(",").map((network) => network.trim()));
}

/**
 * The address of whoever sent the request: the socket's, or, as far as trusted proxies passed it on,
 * the one that they wrote down in X-Forwarded-For. Anybody else's X-Forwarded-For is not believed.
 */
export function readClientAddress(request: IncomingMessage, trust: Trust): string | undefined {
  // Without an address the connection is gone; proxy-addr does not allow for it.
  return request.socket.remoteAddress && proxyAddr(request, trust);
}

/**
 * The request header in which web tells itself which client it is from. It is set from the socket
 * for every request (sanitize-request.ts), so whatever a client sends by this name is overwritten.
 */
export const CLIENT_ADDRESS = "x-enlist-client";

/**
 * What counts as one client: an IPv4 address, or the /64 of an IPv6 one, as whoever has one address
 * of it has them all (RFC 6177). An IPv4 address mapped into IPv6 is the IPv4 address.
 * @param address as the socket or a proxy has it; undefined where it is gone already
 */
export function toClient(address: string | undefined): string {
  // Some proxies write the port down as well.
  const plain = address?.replace(/^\[(.*)\](:\d+)?$/, "$1").replace(/^([\d.]+):\d+$/, "$1");
  if (!plain) return "unknown";
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
  if (mapped || !plain.includes(":")) return mapped ?? plain;
  return toNetwork(plain, 4);
}

/**
 * The /48 that an IPv6 client is in: what one subscriber may be given, so that all its 65,536 /64s
 * are in the same hands (RFC 6177). Undefined for what is no IPv6 client.
 * @param client as {@link toClient} gives it
 */
export function toSite(client: string): string | undefined {
  return client.endsWith("::/64") ? toNetwork(client.slice(0, -3), 3) : undefined;
}

/** The network that an IPv6 address is in, by its first groups of 16 bits. */
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
