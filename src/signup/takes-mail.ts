import { Resolver } from "node:dns/promises";
import { setTimeout } from "node:timers/promises";

/** Maximum milliseconds that a sign-up waits for DNS. */
const DEADLINE_MS = 500;
/** Milliseconds for which an answer, or the lack of one, is cached. */
const KEPT_MS = 60_000;
/** Maximum number of cached domains. */
const KEPT = 1000;

/** Top-level domains that can never take mail (RFC 2606, RFC 6761). */
const RESERVED = /\.(test|example|invalid|localhost)$/i;

/** Whether the domain is below a reserved top-level domain. */
export function isReservedDomain(domain: string): boolean {
  return RESERVED.test(domain);
}

/** Whether a domain can take mail according to DNS; true if DNS does not answer in time. */
export type TakesMail = (domain: string) => Promise<boolean>;

/** @param servers the DNS servers to ask, as `address:port`; the machine's own by default */
export function createTakesMail(servers?: string[]): TakesMail {
  // Half the deadline, so that a second server is asked if the first is silent.
  const resolver = new Resolver({ timeout: DEADLINE_MS / 2, tries: 1 });
  if (servers) resolver.setServers(servers);
  const kept = new Map<string, { answer: Promise<boolean>; until: number }>();
  return (typed) => {
    const domain = typed.toLowerCase();
    const known = kept.get(domain);
    if (known && known.until > performance.now()) return known.answer;
    if (kept.size >= KEPT) kept.clear();
    const answer = Promise.race([
      ask(resolver, domain).catch(() => true),
      setTimeout(DEADLINE_MS, true, { ref: false }),
    ]);
    kept.set(domain, { answer, until: performance.now() + KEPT_MS });
    return answer;
  };
}

/** @throws if DNS fails, which says nothing about the domain */
async function ask(resolver: Resolver, domain: string): Promise<boolean> {
  const exchanges = await found(resolver.resolveMx(domain));
  // An MX record without a name means that the domain takes no mail (RFC 7505).
  if (exchanges.length > 0) return exchanges.some(({ exchange }) => exchange !== "");
  // Without MX records, the domain itself takes the mail (RFC 5321, 5.1).
  const hosts = [resolver.resolve4(domain), resolver.resolve6(domain)].map(found);
  if ((await Promise.all(hosts)).flat().length > 0) return true;
  // A DNS server for one private network denies all other names, so check that it knows the root.
  await resolver.resolveNs(".");
  return false;
}

/** The records; an empty list if DNS says that none exist. */
async function found<T>(records: Promise<T[]>): Promise<T[]> {
  try {
    return await records;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENODATA" || code === "ENOTFOUND") return [];
    throw error;
  }
}
