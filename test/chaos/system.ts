import { startApplication, type Application } from "../servers/application.ts";
import { startSmtpSink, type SinkMail, type SmtpSink } from "../servers/smtp-sink.ts";
import { startTcpProxy, type TcpProxy } from "../servers/tcp-proxy.ts";
import { CROWD } from "../system/environment.ts";
import { startSystem, type System } from "../system/start-system.ts";

type Process = System["workers"][number];

export interface WorkerProcess extends Process {
  /** Its own mail server, so that each copy of a mail tells who sent it. */
  sink: SmtpSink;
  /** What it wrote into its log about each mail, by the verification's id. */
  history: Map<string, { at: number; line: string }[]>;
}

/** A whole Enlist, every part of which can be made to fail. */
export interface ProxiedSystem extends Omit<System, "workers" | "sink"> {
  workers: WorkerProcess[];
  /** What hears of accounts, and the line to it. */
  application: Application & { line: TcpProxy };
  /** Every address that a mail has gone to. */
  addresses(): string[];
  /** The mails to an address, in the order of their arrival. */
  mailsTo(address: string): (SinkMail & { by: WorkerProcess })[];
}

/** Starts two webs and two workers on a PostgreSQL, a Redis and mail servers of their own. */
export async function startProxiedSystem(): Promise<ProxiedSystem> {
  const sinks = [await startSmtpSink(), await startSmtpSink()];
  const application = await startApplication();
  const line = await startTcpProxy(application.url);
  const histories = sinks.map((): WorkerProcess["history"] => new Map());
  const running = await startSystem({
    proxied: true,
    // One refuses sign-ups while Redis is unavailable, as by default; the other owes the mails.
    webs: [{ WHEN_REDIS_IS_AWAY: "refuse" }, { WHEN_REDIS_IS_AWAY: "owe" }],
    workers: sinks.map(({ url }) => ({ SMTP_URL: url })),
    // A person's hour in a minute: what is mended by the clock is mended ten times as fast.
    env: {
      ...CROWD,
      VERIFY_EMAIL_BACKOFF_MS: "500",
      EVENT_BACKOFF_MS: "500",
      JOB_LEASE_MS: "3000",
      WEBHOOK_URL: line.url,
      WEBHOOK_SECRET: application.secret,
    },
    on: { line: (name, text) => keep(histories[Number(/^worker (\d)$/.exec(name)?.[1])], text) },
  });
  const workers = running.workers.map((worker, n) =>
    Object.assign(worker, { sink: sinks[n]!, history: histories[n]! }),
  );
  const box = new Map<string, (SinkMail & { by: WorkerProcess })[]>();
  const read = new Map(workers.map((by) => [by, 0]));
  const sort = () => {
    for (const by of workers) {
      for (const mail of by.sink.mails.slice(read.get(by))) {
        const mails = box.get(mail.to) ?? [];
        mails.push({ ...mail, by });
        box.set(
          mail.to,
          mails.toSorted((a, b) => a.at - b.at),
        );
      }
      read.set(by, by.sink.mails.length);
    }
  };
  return {
    ...running,
    workers,
    application: Object.assign(application, { line }),
    addresses() {
      sort();
      return [...box.keys()];
    },
    mailsTo(address) {
      sort();
      return box.get(address) ?? [];
    },
    async stop() {
      await running.stop();
      await Promise.all([...sinks, line, application].map((server) => server.close()));
    },
  };
}

/** Keeps a line of a worker's log that names a job. */
function keep(history: WorkerProcess["history"] | undefined, line: string): void {
  const id = /"jobId":"([\w-]+)"/.exec(line)?.[1];
  if (history && id) history.set(id, [...(history.get(id) ?? []), { at: Date.now(), line }]);
}
