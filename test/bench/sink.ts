import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";

/** A mail server that takes everything, keeps nothing, and costs next to nothing. */
export interface Sink {
  url: string;
  /** How many mails it has accepted. */
  count(): number;
  /** Resolves once it has accepted so many since it was started. */
  reached(count: number): Promise<void>;
  close(): void;
}

export async function startSink(): Promise<Sink> {
  let count = 0;
  const waiting = new Set<{ for: number; resolve: () => void }>();
  const accept = () => {
    count++;
    for (const one of waiting) {
      if (one.for > count) continue;
      waiting.delete(one);
      one.resolve();
    }
  };
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).once("close", () => sockets.delete(socket));
    talk(socket, accept);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    count: () => count,
    reached: (wanted) =>
      new Promise((resolve) => {
        if (count >= wanted) resolve();
        else waiting.add({ for: wanted, resolve });
      }),
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** How many mails per second the server accepts, from `go` until it has accepted `count` more. */
export async function mailRate(sink: Sink, count: number, go: () => unknown): Promise<number> {
  const all = sink.reached(sink.count() + count);
  const begin = performance.now();
  await go();
  await all;
  return (count * 1000) / (performance.now() - begin);
}

const END_OF_MAIL = "\r\n.\r\n";

/** The server's part of RFC 5321, as far as a client that does nothing unusual needs it. */
function talk(socket: Socket, accept: () => void): void {
  let received = "";
  let inMail = false;
  socket.write("220 sink\r\n");
  socket.setEncoding("latin1").on("data", (text: string) => {
    received += text;
    for (;;) {
      const mark = inMail ? END_OF_MAIL : "\r\n";
      const at = received.indexOf(mark);
      if (at === -1) return;
      const line = received.slice(0, at);
      received = received.slice(at + mark.length);
      const isData = !inMail && /^data/i.test(line);
      if (inMail) accept();
      inMail = isData;
      socket.write(isData ? "354 go on\r\n" : "250 ok\r\n");
    }
  });
}
