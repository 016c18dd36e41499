import type { COUNTERS } from "#src/server/metrics/definitions.ts";
import { metrics } from "#src/server/metrics/registry.ts";

type Counters = typeof COUNTERS;

/** How often this process has counted that so far. */
export async function countOf<Name extends keyof Counters>(
  name: Name,
  value: Counters[Name]["values"][number],
): Promise<number> {
  const { values } = await metrics().counters[name].get();
  return values.find(({ labels }) => Object.values(labels).includes(value))?.value ?? 0;
}
