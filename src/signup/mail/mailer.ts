import { createTransport } from "nodemailer";
import { count, measure } from "#src/platform/metrics/measure.ts";
import type { Message } from "./message.ts";
import { toTextPart } from "./to-text-part.ts";

/** The mail server took the mail's envelope or content and said no for good (RFC 5321, 4.2.1: 5yz). */
export class MailRefused extends Error {
  override name = "MailRefused";
}

/** The mail server is not to be reached, or takes nothing from us at all: no word about this mail. */
export class MailServerUnavailable extends Error {
  override name = "MailServerUnavailable";
}

/** The mail did not go out this time; another attempt may succeed. */
export class MailDelayed extends Error {
  override name = "MailDelayed";
}

/** What a mail has of its own, besides its recipient and its content. */
interface Identity {
  /** A UUID, or what may stand in a Message-ID just so. */
  id: string;
  /** The right side of the Message-ID. */
  domain: string;
  date: Date;
}

/** Hands mails to the SMTP server. */
export interface Mailer {
  /**
   * Resolves once the server has accepted the mail.
   * @param identity the same for each copy of one mail, which then is the same to the last byte
   * @param signal keeps a mail from being handed over that is not on its way yet
   * @throws {MailRefused}, {@link MailDelayed} or {@link MailServerUnavailable}, with the server's
   *   code but not its words, as they quote the address; the signal's reason
   */
  send(to: string, identity: Identity, message: Message, signal?: AbortSignal): Promise<void>;
  /** Whether the server can be reached and lets us in. @throws {MailServerUnavailable} if not */
  check(): Promise<void>;
  close(): void;
}

export interface MailerOptions {
  /** `smtp://…` or `smtps://…`; with a user and a password `smtp:` needs STARTTLS. */
  url: string;
  /** The sender's address, with or without a name. */
  from: string;
  /** What to greet the server as; without it the machine's own name, if that has a domain. */
  name?: string | undefined;
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

/** Such answers by their words, for servers that give no code of RFC 3463. */
const BLAMES_THE_SENDER =
  /^(?!\d{3}[ -]5\.).*\b(relay\w*|block\w*|(black|deny)-?list\w*|listed|spam\w*|polic\w+|reputation|banned|quota|limit\w*|rate|too many|auth\w*|login|sender|helo|ehlo|spf|dkim|dmarc|dns(bl)?|rdns|ptr|ip|rbl|tls)\b/is;

/** Keeps holiday notices and other automatic replies from coming back (RFC 3834, 5). */
const HEADERS = { "Auto-Submitted": "auto-generated" };

/** Opens a pool of connections to the SMTP server, as they are needed. */
export function createMailer({ url, from, name, connections }: MailerOptions): Mailer {
  const transport = createTransport({
    url,
    ...(name ? { name } : {}),
    // A password never goes in the clear, unless the URL says so itself: ?requireTLS=false.
    requireTLS: new URL(url).username !== "",
    pool: true,
    maxConnections: connections,
    maxMessages: Infinity,
    // A server that closes each line before its greeting: when to try again is the job's to say.
    maxRequeues: 0,
    connectionTimeout: 5000,
    greetingTimeout: 5000,
    // A server may take that long to say that it has the mail (RFC 5321, 4.5.3.2.6); whoever gives
    // up sooner sends it twice.
    socketTimeout: 600_000,
  });
  const check = async () => {
    try {
      await transport.verify();
    } catch (error) {
      throw new MailServerUnavailable(`mail server unavailable: ${describe(error as SmtpError)}`);
    }
  };
  return {
    async send(to, { id, domain, date }, message, signal) {
      signal?.throwIfAborted();
      // An address object, as a string could smuggle in a second recipient.
      const recipient = { name: "", address: to };
      const { subject, text, html } = message;
      const body = { subject, text: toTextPart(text), html };
      const same = { messageId: `<${id}@${domain}>`, date, baseBoundary: id };
      const mail = { from, to: recipient, headers: HEADERS, ...same, ...body };
      await measure("enlist_send_seconds", ["accepted", outcomeOf], async () => {
        try {
          await transport.sendMail(mail);
        } catch (error) {
          const failure = error as SmtpError;
          const inDoubt = isInDoubt(failure);
          if (inDoubt) count("enlist_mails_in_doubt_total", "answer lost");
          // A line that broke says nothing of whose fault it was; so the server is asked once more.
          if (inDoubt || isUngreeted(failure)) await check();
          throw classify(failure);
        }
      });
    },
    check,
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

function outcomeOf(error: unknown) {
  if (error instanceof MailRefused) return "refused";
  return error instanceof MailServerUnavailable ? "unavailable" : "delayed";
}

/**
 * Whether the line broke, or fell silent, once there was one: the server may have the mail all the
 * same. nodemailer does not say at which command.
 */
function isInDoubt({ code, command, responseCode, syscall, timeoutType }: SmtpError): boolean {
  if (responseCode !== undefined || syscall === "connect" || command === undefined) return false;
  return code === "ECONNECTION" || code === "ESOCKET" || timeoutType === "SOCKET_TIMEOUT";
}

/** Whether the line closed before a mail was on it: the pool then fails without a command. */
function isUngreeted({ code, command }: SmtpError): boolean {
  return code === "ECONNECTION" && command === undefined;
}

/** Commands that come before any mail: an answer to them is about us, or the server. */
const BEFORE_A_MAIL = /^(CONN|EHLO|HELO|STARTTLS|AUTH)\b/;

function classify(error: SmtpError): MailRefused | MailDelayed | MailServerUnavailable {
  const { code, command, response, responseCode } = error;
  const words = describe(error);
  const isAway =
    responseCode === 421 || // "Service not available, closing": in answer to any command.
    code === "EAUTH" ||
    (!isInDoubt(error) && BEFORE_A_MAIL.test(command ?? ""));
  if (isAway) return new MailServerUnavailable(`mail server unavailable: ${words}`);
  const forGood =
    ABOUT_THE_MAIL.has(command ?? "") &&
    /^5\d\d$/.test(String(responseCode)) &&
    !ABOUT_THE_SENDER.test(response ?? "") &&
    !BLAMES_THE_SENDER.test(response ?? "");
  return forGood
    ? new MailRefused(`refused for good: ${words}`)
    : new MailDelayed(`not accepted yet: ${words}`);
}

/** What may be said of the server's answer: its code and ours, not its words. */
function describe({ code, command, responseCode }: SmtpError): string {
  return [code, responseCode, command && `at ${command}`].filter(Boolean).join(" ");
}
