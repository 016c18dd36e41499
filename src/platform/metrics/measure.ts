import { SpanStatusCode, trace, type Span } from "@opentelemetry/api";
import { COUNTERS, HISTOGRAMS } from "./definitions.ts";
import { metrics } from "./registry.ts";

type Counters = typeof COUNTERS;
type Histograms = typeof HISTOGRAMS;
type Labelled = { [N in keyof Histograms]: Histograms[N] extends { label: string } ? N : never };
type Timed = Labelled[keyof Histograms];

/** Adds one, or `by`. Never throws, because the work being counted matters more. */
export function count<Name extends keyof Counters>(
  name: Name,
  value: Counters[Name]["values"][number],
  by = 1,
): void {
  orNothing(() => metrics().counters[name].inc({ [COUNTERS[name].label]: value }, by));
}

/** Records a duration in seconds. Never throws. */
export function observe(name: keyof Histograms, seconds: number): void {
  orNothing(() => metrics().histograms[name].observe(seconds));
}

/** Records how long Redis took for a message, in seconds. Never throws. */
export function observeEnqueue(outcome: "added" | "failed" | "owed", seconds: number): void {
  orNothing(() => metrics().histograms.enlist_enqueue_seconds.observe({ outcome }, seconds));
}

type Outcome<Name extends Timed> = Histograms[Name]["values"][number];

/**
 * Timers for three kinds of work. Each runs the work in a span, and records its duration and outcome.
 * Returns its result or rethrows its error. Never throws itself.
 */
export const time = {
  transaction: <T>(work: () => Promise<T>) =>
    measure("enlist_transaction_seconds", work, "committed", () => "rolled back"),
  hash: <T>(work: () => Promise<T>) => measure("enlist_hash_seconds", work, "done", () => "failed"),
  /** @param failed why the mail was not accepted, given the error */
  send: <T>(
    work: () => Promise<T>,
    failed: (error: unknown) => Exclude<Outcome<"enlist_send_seconds">, "accepted">,
  ) => measure("enlist_send_seconds", work, "accepted", failed),
};

async function measure<T, Name extends Timed>(
  name: Name,
  work: () => Promise<T>,
  done: Outcome<Name>,
  failed: (error: unknown) => Outcome<Name>,
): Promise<T> {
  const started = performance.now();
  const note = (span: Span, value: string, code: SpanStatusCode) => {
    const seconds = (performance.now() - started) / 1000;
    orNothing(() =>
      metrics().histograms[name].observe({ [HISTOGRAMS[name].label]: value }, seconds),
    );
    span.setAttribute("enlist.outcome", value).setStatus({ code }).end();
  };
  // Costs nothing if tracing is off.
  return trace.getTracer("enlist").startActiveSpan(spanOf(name), async (span) => {
    try {
      const result = await work();
      note(span, done, SpanStatusCode.OK);
      return result;
    } catch (error) {
      note(span, failed(error), SpanStatusCode.ERROR);
      throw error;
    }
  });
}

/** `enlist_transaction_seconds` becomes the span `transaction`. */
function spanOf(name: Timed): string {
  return name.replace(/^enlist_|_seconds$/g, "");
}

function orNothing(work: () => void): void {
  try {
    work();
  } catch {
    // Deliberately ignored: one log line per failed count would not help.
  }
}
