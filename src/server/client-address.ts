/**
 * The request header in which web tells itself which client it is from. It is set from the socket
 * for every request (steer-requests.ts), so whatever a client sends by this name is overwritten.
 */
export const CLIENT_ADDRESS = "x-enlist-client";

/**
 * What counts as one client: an IPv4 address, or the /64 of an IPv6 one, as whoever has one address
 * of it has them all (RFC 6177). An IPv4 address mapped into IPv6 is the IPv4 address.
 * @param address as the socket has it; undefined where it is gone already
 */
export function toClient(address: string | undefined): string {
  if (!address) return "unknown";
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped || !address.includes(":")) return mapped ?? address;
  const [before = [], after = []] = address
    .replace(/%.*$/, "")
    .split("::")
    .map((half) => half.split(":").filter(Boolean));
  const missing = Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array.from({ length: missing }, () => "0"), ...after];
  const prefix = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${prefix.join(":")}::/64`;
}
