/** A server-sent event: the fields that it sets. */
export interface WireEvent {
  event?: string;
  data: string;
}

/** Reads the whole events of a stream, as browsers do (HTML, 9.2.6). */
export function parseEvents(stream: string): WireEvent[] {
  const blocks = stream.split(/\n\n+/).slice(0, -1); // The last one is not whole, or nothing.
  return blocks.map((block) => {
    const fields = block.split("\n").map((line) => /^(\w+): ?(.*)$/.exec(line)?.slice(1) ?? []);
    return Object.fromEntries(fields) as WireEvent;
  });
}
