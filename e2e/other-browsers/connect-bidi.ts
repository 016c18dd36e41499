import { once } from "node:events";
import { WebSocket } from "ws";

/** A connection that speaks WebDriver BiDi (https://w3c.github.io/webdriver-bidi/). */
export interface Bidi {
  /** @throws with the browser's message */
  send: <T>(method: string, params: object) => Promise<T>;
  close(): void;
}

interface Answer {
  /** Events have none. */
  id?: number;
  result?: unknown;
  error?: string;
  message?: string;
}

type Settle = (answer: Answer) => void;

export async function connectBidi(url: string): Promise<Bidi> {
  const socket = new WebSocket(url);
  const waiting = new Map<number, Settle>();
  const settle = (answer: Answer) => {
    waiting.get(answer.id ?? 0)?.(answer);
    waiting.delete(answer.id ?? 0);
  };
  socket.on("message", (data: Buffer) => settle(JSON.parse(data.toString()) as Answer));
  socket.on("close", () => {
    for (const id of waiting.keys()) settle({ id, error: "closed", message: "the browser left" });
  });
  await once(socket, "open");
  let last = 0;
  return {
    send<T>(method: string, params: object) {
      const id = ++last;
      return new Promise<T>((resolve, reject) => {
        waiting.set(id, ({ result, error, message }) => {
          if (error) reject(new Error(`${method}: ${error}: ${message}`));
          else resolve(result as T);
        });
        socket.send(JSON.stringify({ id, method, params }));
      });
    },
    close: () => socket.close(),
  };
}
