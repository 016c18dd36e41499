import type { Socket } from "node:net";
import { SMTPServer } from "smtp-server";
import { freePort } from "./ports.ts";

/** What the server does with a mail, once its content has come. */
type Behaviour =
  /** Takes it. */
  | "accept"
  /** Reads it and does not answer, until released. */
  | "stall"
  /** Refuses the recipient, for good (550) unless told otherwise. */
  | "refuse"
  /** Takes it, but closes the line instead of saying so. */
  | "drop"
  /** Greets new connections with 421, and answers so to each command on old ones. */
  | "close";

export interface SinkMail {
  to: string;
  messageId: string;
  source: string;
  /** When the last of it had come, in milliseconds since 1970; what is slow takes it later. */
  at: number;
}

/** The link's token in a mail's source, whose text is quoted-printable. */
export function tokenIn(source: string): string | undefined {
  const text = source.replaceAll(/=\r?\n/g, "").replaceAll("=3D", "=");
  return /token=([\da-f]{96})/.exec(text)?.[1];
}

/** The code in a mail's source, without the space that it is written with. */
export function codeIn(source: string): string | undefined {
  return /^(\d{4} \d{4})\s*$/m.exec(source)?.[1]?.replace(" ", "");
}

/** An SMTP server that a test can make behave in any way a real one might. */
export interface SmtpSink {
  url: string;
  port: number;
  /** What it has taken, whether it said so or not. */
  mails: SinkMail[];
  /** How many mails have reached it, taken or not. */
  offered(): number;
  /** @param refusal what it refuses with, e.g. `554 5.7.1 Relay access denied` */
  behave(behaviour: Behaviour, refusal?: string): void;
  /** How many milliseconds it thinks before it takes a mail; none at first. */
  takeMs(ms: number): void;
  /** Takes the mails that it stalled on, and says so. */
  release(): void;
  close(): Promise<void>;
}

function unavailable(): Error {
  return Object.assign(new Error("4.3.2 Service not available, closing"), { responseCode: 421 });
}

export async function startSmtpSink(wanted?: number): Promise<SmtpSink> {
  let behaviour: Behaviour = "accept";
  let refusal = "";
  let takeMs = 0;
  let offered = 0;
  const mails: SinkMail[] = [];
  const stalled: (() => void)[] = [];
  const sockets = new Set<Socket>();
  const refuse = (what: string) => {
    const [code, ...words] = refusal.split(" ");
    return Object.assign(new Error(`${words.join(" ")} <${what}>`), { responseCode: Number(code) });
  };
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    onAuth: ({ username }, _session, callback) => callback(null, { user: username ?? "anyone" }),
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    closeTimeout: 100,
    onConnect(_session, callback) {
      callback(behaviour === "close" ? unavailable() : undefined);
    },
    onMailFrom(_address, _session, callback) {
      callback(behaviour === "close" ? unavailable() : undefined);
    },
    onRcptTo({ address }, _session, callback) {
      if (behaviour !== "refuse") return callback();
      offered++;
      return callback(refuse(address));
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        offered++;
        const at = Date.now();
        const source = Buffer.concat(chunks).toString();
        const take = () =>
          mails.push({
            to: session.envelope.rcptTo[0]?.address ?? "",
            messageId: /^message-id: (.*)$/im.exec(source)?.[1]?.trim() ?? "",
            source,
            at,
          });
        const accept = () => {
          take();
          callback();
        };
        if (behaviour === "accept" && takeMs > 0) return void setTimeout(accept, takeMs);
        if (behaviour === "stall") return void stalled.push(accept);
        if (behaviour === "accept") return accept();
        if (behaviour === "refuse") return callback(refuse("mail"));
        if (behaviour === "close") return callback(unavailable());
        take();
        for (const socket of sockets) socket.destroy();
      });
    },
  });
  server.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.on("error", () => {}); // A client that went away.
  const port = await freePort(wanted);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    mails,
    offered: () => offered,
    behave(next, words = "550 No such user") {
      behaviour = next;
      refusal = words;
    },
    takeMs: (ms) => (takeMs = ms),
    release: () => stalled.splice(0).forEach((accept) => accept()),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
