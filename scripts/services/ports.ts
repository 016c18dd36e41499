import { createServer, connect, type AddressInfo } from "node:net";

/** A port on loopback that nobody listens on. */
export async function freePort(preferred = 0): Promise<number> {
  return (await tryListen(preferred)) ?? (await tryListen(0))!;
}

/** Whether nobody listens on this port, on either loopback address. */
export async function isFree(port: number): Promise<boolean> {
  const answers = await Promise.all([accepts("127.0.0.1", port), accepts("::1", port)]);
  return !answers.includes(true) && (await tryListen(port)) !== null;
}

function tryListen(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen(port, "127.0.0.1", () => {
      const { port: got } = server.address() as AddressInfo;
      server.close(() => resolve(got));
    });
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
