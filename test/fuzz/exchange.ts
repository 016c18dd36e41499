import { connect } from "node:net";
import { parseAnswers, type Answer } from "./answers.ts";

/** What one connection brought. */
export interface Exchange {
  answers: Answer[];
  /** Whether the server had neither answered nor closed the line when its time was up. */
  hung: boolean;
}

/** Milliseconds that an answer may take on a machine that has much else to do. */
const BOUND = 15_000;

/** A stream of events that has begun; it would go on for minutes. */
const EVENTS = /content-type: text\/event-stream[^]*\r\n\r\n[^]*\n\n/i;

/**
 * Sends bytes on a connection of its own and reads until the server closes it.
 * @param hangUp whether to close this end once all is sent, as for a request that is not whole
 */
export function exchange(
  port: number,
  bytes: Buffer,
  { hangUp, toHead }: { hangUp: boolean; toHead: boolean },
): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect({ host: "127.0.0.1", port, allowHalfOpen: true });
    const settle = (hung: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      try {
        resolve({ answers: parseAnswers(Buffer.concat(chunks), toHead), hung });
      } catch (error) {
        reject(error);
      }
    };
    const timer = setTimeout(() => settle(true), BOUND);
    socket.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      if (EVENTS.test(chunks.map((part) => part.toString("latin1")).join(""))) settle(false);
    });
    socket.once("end", () => settle(false)).once("close", () => settle(false));
    // A server may close the line on a request that it has refused before its end.
    socket.on("error", () => settle(false));
    if (hangUp) socket.end(bytes);
    else socket.write(bytes);
  });
}
