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

/** Speaks as a mail server that takes every login and every mail. @param to gets their recipients */
export function takeAll(to: string[]): Speech {
  const dialogues = new WeakMap<Socket, { recipient: string; isData: boolean }>();
  return (say, line, socket) => {
    const dialogue = dialogues.get(socket) ?? { recipient: "", isData: false };
    dialogues.set(socket, dialogue);
    if (line === undefined) return say("220 here");
    if (dialogue.isData) {
      if (line !== ".") return undefined;
      to.push(dialogue.recipient);
      dialogue.isData = false;
      return say("250 taken");
    }
    if (line.startsWith("EHLO")) return say("250-here\r\n250 AUTH PLAIN");
    if (line.startsWith("AUTH")) return say("235 welcome");
    if (line.startsWith("RCPT")) dialogue.recipient = /<(.*)>/.exec(line)?.[1] ?? "";
    dialogue.isData = line === "DATA";
    return say(dialogue.isData ? "354 go on" : "250 ok");
  };
}
