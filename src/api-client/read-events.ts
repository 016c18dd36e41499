import { brokeOff } from "./send.ts";

/** A server-sent event. */
export interface ServerSentEvent {
  /** `message` unless it is named. */
  name: string;
  data: string;
}

/**
 * Reads server-sent events, as Enlist writes them: one line of data each, lines end with LF. Ending
 * the iteration closes the connection.
 * @param onBytes is called whenever something arrives
 * @throws {EnlistError} UNREACHABLE if the connection breaks
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  onBytes: () => void,
): AsyncGenerator<ServerSentEvent, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  let [name, data] = ["message", ""];
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(brokeOff);
      if (done) return;
      onBytes();
      const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
      rest = lines.pop()!;
      for (const line of lines) {
        if (line.startsWith("event: ")) name = line.slice(7);
        else if (line.startsWith("data: ")) data = line.slice(6);
        else if (line === "") {
          if (data) yield { name, data };
          [name, data] = ["message", ""];
        }
      }
    }
  } finally {
    await reader.cancel().catch(() => {}); // It may be broken already.
  }
}
