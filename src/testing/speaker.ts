import { createServer, type AddressInfo, type Socket } from "node:net";

/**
 * What a server says.
 * @param line what the client has said; undefined as it has just connected
 */
export type Speech = (
  say: (words: string) => void,
  line: string | undefined,
  socket: Socket,
) => void;

export interface Speaker {
  url: string;
  /** How often somebody has connected. */
  connections(): number;
  close: () => Promise<void>;
}

/** A mail server that says, line by line, what a test wants it to, on loopback. */
export async function startSpeaker(speech: Speech, port = 0): Promise<Speaker> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => {});
    const say = (words: string) => void socket.write(`${words}\r\n`);
    let read = "";
    socket.on("data", (bytes) => {
      const lines = (read + bytes.toString()).split("\r\n");
      read = lines.pop()!;
      for (const line of lines) speech(say, line, socket);
    });
    speech(say, undefined, socket);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => connections,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
