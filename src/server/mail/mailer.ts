import { createTransport } from "nodemailer";
import { count, measure } from "../metrics/measure.ts";
import type { Message } from "./message.ts";

/** The mail server took the mail's envelope or content and said no for good (RFC 5321, 4.2.1: 5yz). */
export class MailRefused extends Error {
  override name = "MailRefused";
}

/** The mail did not go out this time; another attempt may succeed. */
export class MailDelayed extends Error {
  override name = "MailDelayed";
}

/** Hands mails to the SMTP server. */
export interface Mailer {
  /**
   * Resolves once the server has accepted the mail.
   * @param messageId the same for each copy of one mail, so that mail programs can tell
   * @throws {MailRefused} or {@link MailDelayed}, with the server's code but not its words, as
   *   they quote the address
   */
  send(to: string, messageId: string, message: Message): Promise<void>;
  /** Whether the server can be reached and lets us in. @throws {MailDelayed} where not */
  check(): Promise<void>;
  close(): void;
}

export interface MailerOptions {
  /** `smtp://…` or `smtps://…`, with user and password where the server wants them. */
  url: string;
  /** The sender's address, with or without a name. */
  from: string;
  /** Connections kept open to the server. */
  connections: number;
}

/** The answers to these commands are about this mail; all others are about the server or us. */
const ABOUT_THE_MAIL = new Set(["RCPT TO", "DATA"]);

/**
 * Answers that blame the sender's account, address or limits, or the server, even so: 530 and 535
 * (RFC 4954); of RFC 3463 the system, network and policy classes, and the sender's address (5.1.7 and
 * 5.1.8). An operator can mend those.
 */
const ABOUT_THE_SENDER = /^(530|535)|^\d{3}[ -]5\.([347]\.|1\.[78]\b)/;

/** Keeps holiday notices and other automatic replies from coming back (RFC 3834, 5). */
const HEADERS = { "Auto-Submitted": "auto-generated" };

/** Opens a pool of connections to the SMTP server, as they are needed. */
export function createMailer({ url, from, connections }: MailerOptions): Mailer {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: connections,
    maxMessages: Infinity,
    connectionTimeout: 5000,
    greetingTimeout: 5000,
    // A server may take that long to say that it has the mail (RFC 5321, 4.5.3.2.6); whoever gives
    // up sooner sends it twice.
    socketTimeout: 600_000,
  });
  return {
    async send(to, messageId, message) {
      // An address object, as a string could smuggle in a second recipient.
      const recipient = { name: "", address: to };
      const mail = { from, to: recipient, messageId, headers: HEADERS, ...message };
      await measure("enlist_send_seconds", ["accepted", outcomeOf], async () => {
        try {
          await transport.sendMail(mail);
        } catch (error) {
          if (isInDoubt(error as SmtpError)) count("enlist_mails_in_doubt_total", "answer lost");
          throw classify(error as SmtpError);
        }
      });
    },
    async check() {
      try {
        await transport.verify();
      } catch (error) {
        throw classify(error as SmtpError);
      }
    },
    close: () => transport.close(),
  };
}

interface SmtpError extends Error {
  code?: string;
  command?: string;
  response?: string;
  responseCode?: number;
  syscall?: string;
  timeoutType?: string;
}

const outcomeOf = (error: unknown) => (error instanceof MailRefused ? "refused" : "delayed");

/**
 * Whether the line broke, or fell silent, once there was one: the server may have the mail all the
 * same. nodemailer does not say at which command.
 */
function isInDoubt({ code, responseCode, syscall, timeoutType }: SmtpError): boolean {
  if (responseCode !== undefined || syscall === "connect") return false;
  return code === "ECONNECTION" || code === "ESOCKET" || timeoutType === "SOCKET_TIMEOUT";
}

function classify({ code, command, response, responseCode }: SmtpError): MailRefused | MailDelayed {
  const words = [code, responseCode, command && `at ${command}`].filter(Boolean).join(" ");
  const forGood =
    ABOUT_THE_MAIL.has(command ?? "") &&
    /^5\d\d$/.test(String(responseCode)) &&
    !ABOUT_THE_SENDER.test(response ?? "");
  return forGood
    ? new MailRefused(`refused for good: ${words}`)
    : new MailDelayed(`not accepted yet: ${words}`);
}
