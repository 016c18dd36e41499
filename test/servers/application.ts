import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";

/** An event as the application has got it, and when, in milliseconds since 1970. */
export interface ReceivedEvent {
  id: string;
  type: string;
  timestamp: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- as it was sent
  data: any;
  at: number;
}

/** What the application does with an event once it has come. */
type Behaviour = (response: ServerResponse, request: IncomingMessage) => void;

/** An application that hears of accounts, and behaves as a test tells it. */
export interface Application {
  url: string;
  /** What `url` is signed with; each signature was checked. */
  secret: string;
  /** All events that came, whatever the answer was. */
  events: ReceivedEvent[];
  /** What was wrong with what came: a signature, or JSON. */
  complaints: string[];
  behave(how: Behaviour): void;
  close(): Promise<void>;
}

export const accept: Behaviour = (response) => void response.writeHead(204).end();

/** Answers with this status. */
export const answer =
  (status: number, headers: Record<string, string> = {}): Behaviour =>
  (response) =>
    void response.writeHead(status, headers).end("what an application has to say");

/** Closes the connection instead of answering, though the event has come. */
export const drop: Behaviour = (response) => void response.socket?.destroy();

/** Does not answer. */
export const hang: Behaviour = () => {};

export async function startApplication(): Promise<Application> {
  const secret = `whsec_${Buffer.from("a secret of the application's own").toString("base64")}`;
  const webhook = new Webhook(secret);
  const events: ReceivedEvent[] = [];
  const complaints: string[] = [];
  let behave = accept;
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      try {
        const event = webhook.verify(body, request.headers as Record<string, string>);
        const { type, timestamp, data } = event as Omit<ReceivedEvent, "id" | "at">;
        const id = String(request.headers["webhook-id"]);
        events.push({ id, type, timestamp, data, at: Date.now() });
      } catch (error) {
        complaints.push(String(error));
      }
      behave(response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}/enlist`,
    ...{ secret, events, complaints },
    behave: (how) => (behave = how),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
