import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A line to a server that a test can make fail in the ways in which networks do. */
export interface TcpProxy {
  /** The server's URL, by way of the proxy. */
  url: string;
  /** Holds back the server's answers, or all bytes both ways, until `flow`. */
  stall(what?: "all" | "answers"): void;
  flow(): void;
  /** Lets every byte take this many milliseconds longer, either way; 0 ends that. */
  lag(ms: number): void;
  /** Lets the connections that exist go silent for ever, without a word to either side; new ones work. */
  forget(): void;
  /** Cuts all connections, and new ones too until `restore`. */
  cut(): void;
  restore(): void;
  /** Leads new connections to another server, as a name in DNS does after a failover. */
  redirect(target: string): void;
  /** Calls back, once, as soon as a client has sent these bytes, and before they are passed on. */
  onceSent(bytes: string, callback: () => void): void;
  close(): Promise<void>;
}

interface Line {
  sockets: [Socket, Socket];
  forgotten: boolean;
}

/** Starts a proxy on loopback in front of the server that this URL names. */
export async function startTcpProxy(target: string): Promise<TcpProxy> {
  let upstreamUrl = new URL(target);
  const lines = new Set<Line>();
  let stalled: "all" | "answers" | undefined;
  const held: (() => void)[] = [];
  let refusing = false;
  let lagMs = 0;
  let watched: { bytes: string; callback: () => void } | undefined;

  const pass = (line: Line, from: Socket, to: Socket) => {
    from.on("data", (bytes) => {
      if (line.forgotten) return;
      const answers = from === line.sockets[1];
      if (stalled === "all" || (stalled && answers)) held.push(() => to.write(bytes));
      else if (lagMs > 0) setTimeout(() => to.write(bytes), lagMs);
      else to.write(bytes);
    });
    from.on("error", () => {}); // Its close follows.
    from.on("close", () => {
      if (!line.forgotten) to.destroy();
    });
  };

  const server = createServer((client) => {
    if (refusing) {
      client.destroy();
      return;
    }
    const upstream = connect(Number(upstreamUrl.port), upstreamUrl.hostname);
    const line: Line = { sockets: [client, upstream], forgotten: false };
    lines.add(line);
    client.on("data", (bytes) => {
      if (!watched || !bytes.includes(watched.bytes)) return;
      const { callback } = watched;
      watched = undefined;
      callback();
    });
    pass(line, client, upstream);
    pass(line, upstream, client);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(target);
  url.port = String((server.address() as AddressInfo).port);

  const cut = () => {
    for (const { sockets } of lines) for (const socket of sockets) socket.destroy();
    lines.clear();
  };

  return {
    url: url.href,
    stall: (what = "all") => (stalled = what),
    flow() {
      stalled = undefined;
      for (const write of held.splice(0)) write();
    },
    lag: (ms) => (lagMs = ms),
    forget() {
      for (const line of lines) line.forgotten = true;
    },
    cut() {
      refusing = true;
      cut();
    },
    restore: () => (refusing = false),
    redirect: (other) => (upstreamUrl = new URL(other)),
    onceSent: (bytes, callback) => (watched = { bytes, callback }),
    close() {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
