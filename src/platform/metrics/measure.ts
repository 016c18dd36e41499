import { SpanStatusCode, trace, type Span } from "@opentelemetry/api";
import { COUNTERS, HISTOGRAMS } from "./definitions.ts";
import { metrics } from "./registry.ts";

type Counters = typeof COUNTERS;
type Histograms = typeof HISTOGRAMS;
type Labelled = { [N in keyof Histograms]: Histograms[N] extends { label: string } ? N : never };
type Timed = Labelled[keyof Histograms];

/** Counts one, or `by`. Never throws: whatever is counted matters more. */
export function count<Name extends keyof Counters>(
  name: Name,
  value: Counters[Name]["values"][number],
  by = 1,
): void {
  orNothing(() => metrics().counters[name].inc({ [COUNTERS[name].label]: value }, by));
}

/** Notes how many seconds something took. Never throws. */
export function observe(name: keyof Histograms, seconds: number): void {
  orNothing(() => metrics().histograms[name].observe(seconds));
}

/** Notes how long Redis took for a message. Never throws. */
export function observeEnqueue(outcome: "added" | "failed", seconds: number): void {
  orNothing(() => metrics().histograms.enlist_enqueue_seconds.observe({ outcome }, seconds));
}

type Outcome<Name extends Timed> = Histograms[Name]["values"][number];

/**
 * Does the work and notes how long it took, and how it ended: well, or with an error, which is
 * thrown on. It is a span as well. Of its own it throws nothing.
 */
export async function measure<T, Name extends Timed>(
  name: Name,
  [done, failed]: [Outcome<Name>, Outcome<Name> | ((error: unknown) => Outcome<Name>)],
  work: () => Promise<T>,
): Promise<T> {
  const started = performance.now();
  const note = (span: Span, value: string, code: SpanStatusCode) => {
    const seconds = (performance.now() - started) / 1000;
    orNothing(() =>
      metrics().histograms[name].observe({ [HISTOGRAMS[name].label]: value }, seconds),
    );
    span.setAttribute("enlist.outcome", value).setStatus({ code }).end();
  };
  // Costs nothing where nobody traces.
  return trace.getTracer("enlist").startActiveSpan(spanOf(name), async (span) => {
    try {
      const result = await work();
      note(span, done, SpanStatusCode.OK);
      return result;
    } catch (error) {
      note(span, typeof failed === "function" ? failed(error) : failed, SpanStatusCode.ERROR);
      throw error;
    }
  });
}

/** `enlist_transaction_seconds` is the span `transaction`. */
function spanOf(name: Timed): string {
  return name.replace(/^enlist_|_seconds$/g, "");
}

function orNothing(work: () => void): void {
  try {
    work();
  } catch {
    // There is nobody to tell: a log line for each count that fails would be no help.
  }
}
