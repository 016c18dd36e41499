import { createServer, connect } from "node:net";

/**
 * Where ports are looked for: below those from which systems take the near end of a connection, as
 * one of these could be taken between the choice and the use.
 */
const FIRST = 20_000;
const BLOCK = 40;
const BLOCKS = 300;

/** Processes that look at the same time begin at different places. */
const begin = FIRST + (process.pid % BLOCKS) * BLOCK;
let next = 0;

/** A port on loopback that nobody listens on, and that this process has not been given lately. */
export async function freePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && (await tryListen(preferred))) return preferred;
  for (let tries = 0; tries < BLOCK; tries++) {
    const port = begin + (next++ % BLOCK);
    if (await tryListen(port)) return port;
  }
  throw new Error(`no free port from ${begin} to ${begin + BLOCK - 1}`);
}

/** Whether nobody listens on this port, on either loopback address. */
export async function isFree(port: number): Promise<boolean> {
  const answers = await Promise.all([accepts("127.0.0.1", port), accepts("::1", port)]);
  return !answers.includes(true) && (await tryListen(port));
}

function tryListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

/** Whether something accepts a connection there. */
export function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1000, () => settle(false));
    socket.once("connect", () => settle(true)).once("error", () => settle(false));
  });
}
