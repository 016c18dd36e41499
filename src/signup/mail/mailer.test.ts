import { setImmediate } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { startSpeaker, takeAll, type Speech } from "#test/fixtures/speaker.ts";
import { startSmtpSink } from "#test/servers/smtp-sink.ts";
import { metrics } from "#src/platform/metrics/registry.ts";
import {
  createMailer,
  MailDelayed,
  MailRefused,
  MailServerUnavailable,
  type Mailer,
} from "./mailer.ts";

const sink = await startSmtpSink();
const mailers: Mailer[] = [];
afterAll(async () => {
  for (const opened of mailers) opened.close();
  await sink.close();
});

function mailer(url = sink.url): Mailer {
  const made = createMailer({ url, from: "Enlist <no-reply@enlist.example>", connections: 2 });
  mailers.push(made);
  return made;
}

const MESSAGE = { subject: "Hello", text: "in text", quotedPrintable: "<p>in HTML</p>" };
const IDENTITY = { id: "1", domain: "enlist.example", date: new Date("2026-11-26T14:05:37Z") };
const send = (to = "ada@example.com", by = mailer(), message = MESSAGE) =>
  by.send(to, IDENTITY, message);

/** Work that lasts until it is told how to end. */
function aWork() {
  let hasBegun = false;
  let end!: () => void;
  let fail!: (error: Error) => void;
  const ended = new Promise<void>((resolve, reject) => {
    [end, fail] = [resolve, reject];
  });
  const work = () => {
    hasBegun = true;
    return ended;
  };
  return { work, end, fail, hasBegun: () => hasBegun };
}

describe("the mailer's turns", () => {
  it("begin one by one, as connections become free", async () => {
    const by = mailer(); // It has two.
    const [one, two, three, four] = [aWork(), aWork(), aWork(), aWork()];
    const all = [one, two, three, four];
    const ends = all.map(({ work }) => by.inTurn(work));
    const begun = () => all.map(({ hasBegun }) => hasBegun());
    await setImmediate();
    expect(begun()).toEqual([true, true, false, false]);
    two.end();
    await ends[1];
    await setImmediate();
    expect(begun()).toEqual([true, true, true, false]);
    for (const { end } of all) end();
    await Promise.all(ends);
    expect(begun()).toEqual([true, true, true, true]);
  });

  it("do not begin if another one found the server unavailable meanwhile", async () => {
    const by = mailer();
    const [one, two, waiting, later] = [aWork(), aWork(), aWork(), aWork()];
    const [failing, , waits] = [by.inTurn(one.work), by.inTurn(two.work), by.inTurn(waiting.work)];
    one.fail(new MailServerUnavailable("away"));
    await expect(failing).rejects.toThrow("away");
    await expect(waits).rejects.toThrow(MailServerUnavailable);
    expect(waiting.hasBegun()).toBe(false);
    later.end();
    await by.inTurn(later.work);
    expect(later.hasBegun()).toBe(true);
    two.end();
  });

  it("do not begin if the job was aborted meanwhile", async () => {
    const by = mailer();
    const [one, two, waiting] = [aWork(), aWork(), aWork()];
    const aborting = new AbortController();
    void by.inTurn(one.work);
    void by.inTurn(two.work);
    const waits = by.inTurn(waiting.work, aborting.signal);
    aborting.abort(new Error("lost"));
    one.end();
    await expect(waits).rejects.toThrow("lost");
    expect(waiting.hasBegun()).toBe(false);
    two.end();
  });
});

describe("the mailer", () => {
  it("sends text and HTML under the given Message-ID", async () => {
    sink.behave("accept");
    await send();
    const mail = sink.mails.at(-1)!;
    expect(mail).toMatchObject({ to: "ada@example.com", messageId: "<1@enlist.example>" });
    expect(mail.source).toMatch(/multipart\/alternative[\s\S]*text\/plain[\s\S]*text\/html/);
    expect(mail.source).toMatch(/^From: Enlist <no-reply@enlist\.example>$/m);
  });

  it("sends a copy that is identical to the last byte, and belongs to no other mail", async () => {
    sink.behave("accept");
    await send();
    await send("ada@example.com", mailer());
    const [one, other] = sink.mails.slice(-2).map(({ source }) => source);
    expect(other).toBe(one);
    expect(one).toMatch(/^Date: Thu, 26 Nov 2026 14:05:37 \+0000\r$/m);
    expect(one).not.toMatch(/^(References|In-Reply-To|Thread-\w+):/im);
  });

  it("asks for no automatic replies", async () => {
    sink.behave("accept");
    await send();
    const [headers] = sink.mails.at(-1)!.source.split("\r\n\r\n");
    expect(headers).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  });

  it("keeps a link whole, on its own line, if the text is ASCII", async () => {
    sink.behave("accept");
    const link = `https://enlist.example/verify?token=${"0198c5a2".repeat(12)}`;
    await send("ada@example.com", mailer(), { ...MESSAGE, text: `Hello,\n\n${link}\n.\nBye\n` });
    const { source } = sink.mails.at(-1)!;
    expect(source).toContain(`7bit\r\n\r\nHello,\r\n\r\n${link}\r\n.\r\nBye\r\n`);
  });

  it.each(["Grüße\n", `${"x".repeat(999)}\n`, "no end"])("encodes other text: %j", async (text) => {
    sink.behave("accept");
    await send("ada@example.com", mailer(), { ...MESSAGE, text });
    const [, part] = /plain; charset=utf-8\r\n([\s\S]*?)\r\n--/.exec(sink.mails.at(-1)!.source)!;
    const [header, body] = part!.split("\r\n\r\n");
    expect(header).toBe("Content-Transfer-Encoding: base64");
    for (const line of body!.split("\r\n")) expect(line).toMatch(/^[\x20-\x7e]{0,76}$/);
    const read = Buffer.from(body!, "base64").toString();
    expect(read).toBe(text.replaceAll("\n", "\r\n"));
  });

  it("sends to one address, however odd it looks", async () => {
    sink.behave("accept");
    for (const to of ["o'brien+a/b=c@example.com", "{x}|y`z@example.com", "a&b@example.com"]) {
      await send(to);
      expect(sink.mails.at(-1)!.to).toBe(to);
    }
  });

  it.each([
    "a@example.com,b@example.com",
    "Ada <a@example.com>",
    "a@example.com>\r\nRCPT TO:<b@example.com",
    "a@example.com\r\nBcc: b@example.com",
  ])("sends nothing to more than an address: %j", async (to) => {
    sink.behave("accept");
    const before = sink.offered();
    await expect(send(to)).rejects.toThrow();
    expect(sink.offered()).toBe(before);
  });

  it("recognizes a final refusal, and does not repeat the server's words", async () => {
    sink.behave("refuse");
    const error = await send().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MailRefused);
    expect((error as Error).message).toBe("refused for good: EENVELOPE 550 at RCPT TO");
  });

  it.each([
    "530 5.7.0 Authentication required",
    "554 5.7.1 Relay access denied",
    "550 5.4.5 Daily limit exceeded",
    "552 5.3.4 Message too big for system",
    "553 5.1.7 Sender address not acceptable",
    "550 5.1.8 Access denied, bad outbound sender",
    "550 Relaying denied",
    "554 Service unavailable; Client host [192.0.2.1] blocked using zen.example.org",
    "550 Message rejected due to local policy",
    "550 This looks like SPAM",
    "550 Sender verify failed",
    "550 SPF check failed",
    "550 Too many messages from your IP",
    "550-Your host is on a\n550 blocklist",
  ])("does not treat a refusal that blames the sender as final: %s", async (words) => {
    sink.behave("refuse", words);
    await expect(send()).rejects.toBeInstanceOf(MailDelayed);
  });

  it.each([
    "550 5.1.1 No such user",
    "553 5.1.10 Recipient has null MX",
    "550 5.2.1 Disabled",
    "550 5.1.1 No such user at this address; see our policy",
    "550 No such user here",
    "550 Requested action not taken: mailbox unavailable",
    "553 Mailbox name not allowed",
    "551 User not local",
    "550 Unknown recipient",
  ])("treats a refusal that blames the recipient as final: %s", async (words) => {
    sink.behave("refuse", words);
    await expect(send()).rejects.toBeInstanceOf(MailRefused);
  });

  it("sends no password in clear text, unless told to", async () => {
    const lines: string[] = [];
    const speech: Speech = (say, line, socket) => {
      lines.push(line ?? "");
      if (line === "STARTTLS") say("502 not implemented");
      else takeAll([])(say, line, socket);
    };
    const { url, close } = await startSpeaker(speech);
    const withPassword = url.replace("//", "//enlist:secret@");
    await expect(send("ada@example.com", mailer(withPassword))).rejects.toThrow(/ETLS/);
    expect(lines.join("\n")).not.toContain("AUTH");
    await send("ada@example.com", mailer(`${withPassword}?requireTLS=false`)).catch(() => {});
    expect(lines.join("\n")).toContain("AUTH");
    await close();
  });

  it("recognizes a temporary refusal, and a connection that breaks while the server is up", async () => {
    sink.behave("refuse", "451 Greylisted");
    await expect(send()).rejects.toBeInstanceOf(MailDelayed);
    sink.behave("drop");
    await expect(send()).rejects.toBeInstanceOf(MailDelayed);
  });
});

describe("an unavailable mail server", () => {
  /** Mails that may have been accepted, because the connection broke. */
  const inDoubt = async () => {
    const { values } = await metrics().counters.enlist_mails_in_doubt_total.get();
    return values.find(({ labels }) => labels.cause === "answer lost")?.value ?? 0;
  };
  const expectUnavailable = async (url: string, words: RegExp) => {
    const error = await send("ada@example.com", mailer(url)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MailServerUnavailable);
    expect((error as Error).message).toMatch(words);
    expect((error as Error).message).not.toContain("ada@");
  };

  it("refuses connections", () => expectUnavailable("smtp://127.0.0.1:1", /ECONNREFUSED|ESOCKET/));

  it("greets with 421, or answers so on an open connection", async () => {
    const open = mailer();
    sink.behave("accept");
    await send("ada@example.com", open);
    sink.behave("close");
    await expect(send("ada@example.com", open)).rejects.toBeInstanceOf(MailServerUnavailable);
    await expectUnavailable(sink.url, /421/);
    sink.behave("accept");
    await send("ada@example.com", open);
  });

  it("refuses the login", async () => {
    const { url, close } = await startSpeaker((say, line) => {
      if (line === undefined) say("220 here");
      else if (line.startsWith("EHLO")) say("250-here\r\n250 AUTH PLAIN");
      else say("535 5.7.8 Authentication credentials invalid");
    });
    const withPassword = url.replace("//", "//user:wrong@");
    await expectUnavailable(`${withPassword}?requireTLS=false`, /EAUTH 535/);
    await close();
  });

  it("closes the connection without a greeting: asked twice, and no mail is in doubt", async () => {
    let lines = 0;
    const { url, close } = await startSpeaker((_, __, socket) => {
      lines++;
      socket.destroy();
    });
    const before = await inDoubt();
    await expectUnavailable(url, /unavailable/);
    expect([lines, await inDoubt()]).toEqual([2, before]);
    await close();
  });

  it("breaks the connection during a mail, and is gone when asked again", async () => {
    const { url, close } = await startSpeaker((say, line, socket) => {
      if (line === undefined) say("220 here");
      else if (/^(EHLO|MAIL|RCPT)/.test(line)) say("250 ok");
      else if (line.startsWith("DATA")) {
        socket.destroy();
        void close();
      }
    });
    const before = await inDoubt();
    await expectUnavailable(url, /ECONNREFUSED|ESOCKET/);
    expect(await inDoubt()).toBe(before + 1);
  });
});
