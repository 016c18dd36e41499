import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What stands before several webs and spreads requests over those that are ready. */
export interface Balancer {
  url: string;
  /** Says which webs are to get the requests from now on, by their URLs. */
  use(urls: string[]): void;
  /** Requests that this web has been given and has not answered yet. */
  underWay(url: string): number;
  close(): Promise<void>;
}

/**
 * Starts one on loopback. It keeps connections open as such programs do. A request whose connection
 * was refused, so that no byte of it can have arrived, goes to the next web; any other failure is
 * answered with 502.
 */
export async function startBalancer(): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true });
  const busy = new Map<string, number>();
  const count = (url: string, by: number) => busy.set(url, (busy.get(url) ?? 0) + by);
  let ready: string[] = [];
  let turn = 0;

  const pass = (from: IncomingMessage, body: Buffer, to: ServerResponse, tries: number): void => {
    const url = ready[turn++ % ready.length];
    if (!url) return void to.writeHead(502).end("nobody is ready");
    count(url, 1);
    const { method, headers } = from;
    const asking = request(new URL(from.url ?? "/", url), { agent, method, headers });
    asking.once("response", (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
    });
    asking.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNREFUSED" && tries > 0) pass(from, body, to, tries - 1);
      else to.writeHead(502).end(error.message);
    });
    asking.once("close", () => count(url, -1));
    asking.end(body);
  };

  const server = createServer((from, to) => {
    const chunks: Buffer[] = [];
    from.on("data", (chunk: Buffer) => chunks.push(chunk));
    from.on("end", () => pass(from, Buffer.concat(chunks), to, 3));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    use: (urls) => (ready = urls),
    underWay: (url) => busy.get(url) ?? 0,
    close() {
      agent.destroy();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
