import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./folder.ts";
import { freePort } from "./ports.ts";
import { start, type Program } from "./start.ts";
import { waitFor } from "./wait-for.ts";

export interface Inbox {
  program: Program;
  smtpPort: number;
  smtpUrl: string;
  /** Where its page is, and its API below /api. */
  webUrl: string;
}

export interface InboxOptions {
  /** The folder that keeps the mails; made where it is missing. */
  folder: string;
  /** The ports to take where they are free. */
  smtpPort?: number;
  webPort?: number;
}

/** Starts maildev on loopback: an SMTP server that delivers to nobody, with a page to read the mails. */
export async function startInbox(options: InboxOptions): Promise<Inbox> {
  mkdirSync(options.folder, { recursive: true });
  const smtpPort = await freePort(options.smtpPort);
  const webPort = await freePort(options.webPort);
  // By default it listens on every interface.
  const program = start("Inbox", process.execPath, [
    join(ROOT, "node_modules", "maildev", "dist", "bin", "maildev.js"),
    ...["--smtp", String(smtpPort), "--ip", "127.0.0.1"],
    ...["--web", String(webPort), "--web-ip", "127.0.0.1"],
    ...["--mail-directory", options.folder, "--silent"],
  ]);
  const webUrl = `http://localhost:${webPort}`;
  await Promise.race([
    waitFor("the inbox to answer", async () => (await fetch(`${webUrl}/api/healthz`)).ok),
    program.ended.then((how) => {
      throw new Error(`the inbox ${how}\n${program.lastLines()}`);
    }),
  ]);
  return { program, smtpPort, smtpUrl: `smtp://127.0.0.1:${smtpPort}`, webUrl };
}
