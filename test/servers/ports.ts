import { createServer, connect, type Server } from "node:net";

/**
 * Where ports are looked for: below those from which systems take the near end of a connection, as
 * one of these could be taken between the choice and the use.
 */
const FIRST = 20_000;
const BLOCK = 40;
const BLOCKS = 300;

let block: Promise<number> | undefined;
let next = 0;

/**
 * A port on loopback that nobody listens on, and that this process has not been given lately. No
 * other process is given it, not even while what listened there is being started again.
 */
export async function freePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && (await tryListen(preferred))) return preferred;
  const first = await (block ??= claimBlock());
  for (let tries = 1; tries < BLOCK; tries++) {
    const port = first + 1 + (next++ % (BLOCK - 1));
    if (await tryListen(port)) return port;
  }
  throw new Error(`no free port from ${first} to ${first + BLOCK - 1}`);
}

/** Makes a block of ports this process's own for its whole life: it listens on the first of them. */
async function claimBlock(): Promise<number> {
  for (let tries = 0; tries < BLOCKS; tries++) {
    const first = FIRST + ((process.pid + tries) % BLOCKS) * BLOCK;
    const claim = await listen(first);
    if (claim) {
      claim.unref();
      return first;
    }
  }
  throw new Error(`no free ports from ${FIRST} to ${FIRST + BLOCKS * BLOCK - 1}`);
}

/** Whether nobody listens on this port, on either loopback address. */
export async function isFree(port: number): Promise<boolean> {
  const answers = await Promise.all([accepts("127.0.0.1", port), accepts("::1", port)]);
  return !answers.includes(true) && (await tryListen(port));
}

async function tryListen(port: number): Promise<boolean> {
  const server = await listen(port);
  if (!server) return false;
  await new Promise((resolve) => server.close(resolve));
  return true;
}

/** A server that listens on this port, where nobody else does. */
function listen(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => resolve(server));
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
