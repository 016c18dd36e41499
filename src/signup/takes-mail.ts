import { Resolver } from "node:dns/promises";
import { setTimeout } from "node:timers/promises";

/** Milliseconds that a sign-up waits for DNS at most. */
const DEADLINE_MS = 500;
/** Milliseconds for which an answer counts, as does that there was none. */
const KEPT_MS = 60_000;
/** Domains that answers are kept of. */
const KEPT = 1000;

/** Nobody has a domain below these (RFC 2606, RFC 6761). */
const RESERVED = /\.(test|example|invalid|localhost)$/i;

export function isReserved(domain: string): boolean {
  return RESERVED.test(domain);
}

/** Whether a domain can take mail, as far as DNS says; where it says nothing in time, it can. */
export type TakesMail = (domain: string) => Promise<boolean>;

/** @param servers the DNS servers to ask, as `address:port`; by default the machine's own */
export function createTakesMail(servers?: string[]): TakesMail {
  // Half the deadline, so that a second server is asked where the first is silent.
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

/** @throws if DNS does not answer, or with an error: that says nothing of the domain */
async function ask(resolver: Resolver, domain: string): Promise<boolean> {
  const exchanges = await found(resolver.resolveMx(domain));
  // One without a name says that the domain takes no mail (RFC 7505).
  if (exchanges.length > 0) return exchanges.some(({ exchange }) => exchange !== "");
  // Without any the domain is its own (RFC 5321, 5.1).
  const hosts = [resolver.resolve4(domain), resolver.resolve6(domain)].map(found);
  if ((await Promise.all(hosts)).flat().length > 0) return true;
  // A DNS that knows the names of one network alone says of all others that there are none.
  await resolver.resolveNs(".");
  return false;
}

/** The records that there are; none where DNS says that there are none, or no such name. */
async function found<T>(records: Promise<T[]>): Promise<T[]> {
  try {
    return await records;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENODATA" || code === "ENOTFOUND") return [];
    throw error;
  }
}
