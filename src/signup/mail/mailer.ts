import { createTransport } from "nodemailer";
import pLimit from "p-limit";
import { count, time } from "#src/platform/metrics/measure.ts";
import { composeMessage, type Headers } from "./compose-message.ts";
import type { MailContent } from "./mail-content.ts";

/** The mail server permanently rejected this mail's envelope or content (RFC 5321, 4.2.1: 5yz). */
export class MailRefused extends Error {
  override name = "MailRefused";
}

/**
 * The mail server cannot be reached, or accepts nothing from us. It says nothing about this mail.
 */
export class MailServerUnavailable extends Error {
  override name = "MailServerUnavailable";
}

/** The mail was not accepted this time, but another attempt may succeed. */
export class MailDelayed extends Error {
  override name = "MailDelayed";
}

/** What identifies one mail, besides recipient and content. */
type Identity = Pick<Headers, "id" | "domain" | "date">;

/** The part of a mail's content that is sent. */
type SentContent = Omit<MailContent, "html">;

/** Sends mails through the SMTP server. */
export interface Mailer {
  /**
   * Waits until a connection is free, and keeps it until `work`, which sends at most one mail, has
   * ended.
   * @param signal gives up waiting, no later than when a connection is free
   * @throws {MailServerUnavailable} if another mail found the server so meanwhile; the signal's
   *   reason; or what `work` throws
   */
  inTurn<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result>;
  /**
   * Resolves once the server has accepted the mail. Errors hold the server's code, but not its
   * text, which may quote the address.
   * @param identity the same for every retry of a mail, so that its copies are identical
   * @param signal stops a mail that is not yet being sent
   * @throws {MailRefused} {MailDelayed} {MailServerUnavailable}, or the signal's reason
   */
  send(to: string, identity: Identity, message: SentContent, signal?: AbortSignal): Promise<void>;
  /** Checks that the server is reachable and accepts our login. @throws {MailServerUnavailable} */
  check(): Promise<void>;
  close(): void;
}

export interface MailerOptions {
  /** `smtp://…` or `smtps://…`; with a user and password, `smtp:` requires STARTTLS. */
  url: string;
  /** The sender's address, with or without a name. */
  from: string;
  /** The name for EHLO; by default the machine's own, if it is fully qualified. */
  name?: string | undefined;
  /** Maximum number of connections to the server, and of mails in turn. */
  connections: number;
}

/** Answers to these commands concern the mail; all others concern the server or us. */
const ABOUT_THE_MAIL = new Set(["RCPT TO", "DATA"]);

/**
 * Permanent answers that blame the sender or the server, which an operator can fix. These are 530
 * and 535 (RFC 4954), and RFC 3463's system, network and policy classes, 5.1.7 and 5.1.8.
 */
const ABOUT_THE_SENDER = /^(530|535)|^\d{3}[ -]5\.([347]\.|1\.[78]\b)/;

/** The same answers by their text, for servers that send no RFC 3463 code. */
const BLAMES_THE_SENDER =
  /^(?!\d{3}[ -]5\.).*\b(relay\w*|block\w*|(black|deny)-?list\w*|listed|spam\w*|polic\w+|reputation|banned|quota|limit\w*|rate|too many|auth\w*|login|sender|helo|ehlo|spf|dkim|dmarc|dns(bl)?|rdns|ptr|ip|rbl|tls)\b/is;

/** Creates a mailer that opens SMTP connections on demand. */
export function createMailer({ url, from, name, connections }: MailerOptions): Mailer {
  const transport = createTransport({
    url,
    ...(name ? { name } : {}),
    // Never send a password unencrypted, unless the URL says so explicitly: ?requireTLS=false.
    requireTLS: new URL(url).username !== "",
    pool: true,
    maxConnections: connections,
    maxMessages: Infinity,
    // The job decides when to retry, even if a server closes connections before its greeting.
    maxRequeues: 0,
    connectionTimeout: 5000,
    greetingTimeout: 5000,
    // A server may take this long to confirm a mail (RFC 5321, 4.5.3.2.6). Giving up sooner would
    // send it twice.
    socketTimeout: 600_000,
  });
  const check = async () => {
    try {
      await transport.verify();
    } catch (error) {
      throw new MailServerUnavailable(`mail server unavailable: ${describe(error as SmtpError)}`);
    }
  };
  const limit = pLimit(connections);
  let outage: MailServerUnavailable | undefined;
  return {
    inTurn(work, signal) {
      const before = outage;
      return limit(async () => {
        signal?.throwIfAborted();
        if (outage && outage !== before) throw outage;
        try {
          return await work();
        } catch (error) {
          if (error instanceof MailServerUnavailable) outage = error;
          throw error;
        }
      });
    },
    async send(to, identity, message, signal) {
      signal?.throwIfAborted();
      const mail = composeMessage({ from, to, ...identity }, message);
      await time.send(async () => {
        try {
          await transport.sendMail(mail);
        } catch (error) {
          const failure = error as SmtpError;
          const inDoubt = isInDoubt(failure);
          if (inDoubt) count("enlist_mails_in_doubt_total", "answer lost");
          // A broken connection does not say whose fault it was, so check the server.
          if (inDoubt || isUngreeted(failure)) await check();
          throw classify(failure);
        }
      }, outcomeOf);
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
 * Whether an open connection broke or fell silent, so that the server may have the mail anyway.
 * nodemailer does not say at which command.
 */
function isInDoubt({ code, command, responseCode, syscall, timeoutType }: SmtpError): boolean {
  if (responseCode !== undefined || syscall === "connect" || command === undefined) return false;
  return code === "ECONNECTION" || code === "ESOCKET" || timeoutType === "SOCKET_TIMEOUT";
}

/** Whether the connection closed before any mail: the pool then reports no command. */
function isUngreeted({ code, command }: SmtpError): boolean {
  return code === "ECONNECTION" && command === undefined;
}

/** Commands before any mail. Their answers concern us or the server. */
const BEFORE_A_MAIL = /^(CONN|EHLO|HELO|STARTTLS|AUTH)\b/;

function classify(error: SmtpError): MailRefused | MailDelayed | MailServerUnavailable {
  const { code, command, response, responseCode } = error;
  const words = describe(error);
  const isUnavailable =
    responseCode === 421 || // "Service not available, closing", possible after any command.
    code === "EAUTH" ||
    (!isInDoubt(error) && BEFORE_A_MAIL.test(command ?? ""));
  if (isUnavailable) return new MailServerUnavailable(`mail server unavailable: ${words}`);
  const forGood =
    ABOUT_THE_MAIL.has(command ?? "") &&
    /^5\d\d$/.test(String(responseCode)) &&
    !ABOUT_THE_SENDER.test(response ?? "") &&
    !BLAMES_THE_SENDER.test(response ?? "");
  return forGood
    ? new MailRefused(`refused for good: ${words}`)
    : new MailDelayed(`not accepted yet: ${words}`);
}

/** Describes the server's answer by codes, without its text. */
function describe({ code, command, responseCode }: SmtpError): string {
  return [code, responseCode, command && `at ${command}`].filter(Boolean).join(" ");
}
