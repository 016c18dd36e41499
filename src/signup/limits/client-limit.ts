import { toSite } from "#src/platform/client-address.ts";
import {
  createRateLimit,
  type RateLimit,
  type RateLimitDeps,
  type RateLimitRule,
} from "./rate-limit.ts";

/** A limit per client. The /48 network of an IPv6 client gets ten times as much. */
export function createClientLimit(deps: RateLimitDeps, rule: RateLimitRule): RateLimit {
  const own = createRateLimit(deps, rule);
  const ofSite = createRateLimit(deps, {
    ...rule,
    name: `${rule.name}-48`,
    points: 10 * rule.points,
  });
  return {
    ...own,
    async count(client) {
      await own.count(client);
      const site = toSite(client);
      if (site === undefined) return;
      try {
        await ofSite.count(site);
      } catch (over) {
        if (rule.counts === "results") await own.uncount(client);
        throw over;
      }
    },
    async uncount(client) {
      const site = toSite(client);
      await Promise.all([own.uncount(client), site && ofSite.uncount(site)]);
    },
    async assertLeft(client) {
      const site = toSite(client);
      await Promise.all([own.assertLeft(client), site && ofSite.assertLeft(site)]);
    },
  };
}
