import type { Inbox } from "#test/servers/inbox.ts";
import { withClient } from "#test/servers/postgres.ts";
import { waitFor } from "#test/servers/wait-for.ts";
import { CROWD, type ProcessEnv } from "#test/system/environment.ts";
import { copyTemplate } from "#test/system/copy-template.ts";
import { startSystem, type System } from "#test/system/start-system.ts";
import { learnDocument } from "./watch-answers.ts";

interface Mail {
  subject: string;
  text: string;
  html: string;
  messageId: string;
  time: number;
}

/** A test's own system, whose mails and rows the test can read. */
export interface Stack extends System<"inbox"> {
  web: System["webs"][number];
  worker: System["workers"][number];
  /** Restarts Redis with its data from the disk, and waits until web is connected. */
  startRedis(): Promise<void>;
  /** Runs SQL and gives the rows. */
  // oxlint-disable-next-line typescript/no-explicit-any -- rows of any query
  sql(query: string, values?: unknown[]): Promise<any[]>;
  /** Waits for at least `count` mails to this address. */
  mails(to: string, count?: number): Promise<Mail[]>;
}

export interface StackOptions {
  /** Whether Redis is up when web and worker start. */
  redisUp?: boolean;
  env?: ProcessEnv;
}

export async function startStack({ redisUp = true, env = {} }: StackOptions = {}): Promise<Stack> {
  const system = await startSystem({
    given: { DATABASE_URL: await copyTemplate(process.env.E2E_POSTGRES!) },
    migrated: true,
    mail: "inbox",
    redisUp,
    env: { ...CROWD, VERIFY_EMAIL_BACKOFF_MS: "200", JOB_LEASE_MS: "2000", ...env },
  });
  await learnDocument(system.url);
  return {
    ...system,
    web: system.webs[0]!,
    worker: system.workers[0]!,
    async startRedis() {
      await system.redis.start();
      await waitFor("web", async () => (await fetch(`${system.url}/api/ready`)).ok);
    },
    sql: (query, values) =>
      withClient(system.databaseUrl, async (client) => (await client.query(query, values)).rows),
    mails: (to, count = 1) =>
      waitFor(`${count} mail(s) in the inbox`, async () => {
        const found = await mailsIn(system.inbox, to);
        return found.length >= count ? found : null;
      }),
  };
}

interface InboxMail {
  subject: string;
  text: string;
  html: string;
  time: string;
  headers: Record<string, string>;
  envelope: { to: { address: string }[] };
}

async function mailsIn(inbox: Inbox, to: string): Promise<Mail[]> {
  const response = await fetch(`${inbox.webUrl}/api/email`);
  const all = (await response.json()) as InboxMail[];
  return all
    .filter(({ envelope }) => envelope.to[0]?.address.toLowerCase() === to.toLowerCase())
    .map(({ subject, text, html, headers, time }) => ({
      subject,
      text,
      html,
      messageId: headers["message-id"] ?? "",
      time: Date.parse(time),
    }));
}
