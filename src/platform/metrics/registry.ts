import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { COUNTERS, GAUGES, HISTOGRAMS } from "./definitions.ts";

type Made<Definitions, Metric> = Record<keyof Definitions, Metric>;

interface Metrics {
  registry: Registry;
  counters: Made<typeof COUNTERS, Counter>;
  histograms: Made<typeof HISTOGRAMS, Histogram>;
  gauges: Made<typeof GAUGES, Gauge>;
}

// Next bundles each route separately, but a process needs one registry (see src/web/services.ts).
const shared = globalThis as typeof globalThis & { enlistMetrics?: Metrics };

/** This process's metrics, including Node's own; created on the first call. */
export function metrics(): Metrics {
  shared.enlistMetrics ??= make();
  return shared.enlistMetrics;
}

function make(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counters = makeEach(COUNTERS, ({ help, label, values }, name) => {
    const counter = new Counter({ name, help, labelNames: [label], registers });
    // Start at 0: Prometheus sees no increase from a missing value to 1.
    for (const value of values) counter.inc({ [label]: value }, 0);
    return counter;
  });
  const histograms = makeEach(HISTOGRAMS, ({ help, buckets, ...definition }, name) => {
    const labelNames = "label" in definition ? [definition.label] : [];
    const histogram = new Histogram({ name, help, buckets: [...buckets], labelNames, registers });
    if ("label" in definition) {
      for (const value of definition.values) histogram.zero({ [definition.label]: value });
    }
    return histogram;
  });
  const gauges = makeEach(GAUGES, ({ help, ...definition }, name) => {
    const labelNames = "labels" in definition ? [...definition.labels] : [];
    return new Gauge({ name, help, labelNames, registers });
  });
  return { registry, counters, histograms, gauges };
}

/** Creates one metric per definition. */
function makeEach<Definitions extends object, Metric>(
  definitions: Definitions,
  create: (definition: Definitions[keyof Definitions], name: string) => Metric,
): Made<Definitions, Metric> {
  const made = Object.entries(definitions).map(([name, definition]) => [
    name,
    create(definition as Definitions[keyof Definitions], name),
  ]);
  return Object.fromEntries(made) as Made<Definitions, Metric>;
}
