import { tokenIn } from "../scripts/services/smtp-sink.ts";
import type { Struck } from "./strike.ts";
import { kindOf } from "./plan.ts";
import type { System, WorkerProcess } from "./system.ts";

export interface Copies {
  /** Second and further copies of a mail. */
  duplicates: number;
  because: Record<string, number>;
  /** Those that nothing explains, in words. */
  unexplained: string[];
}

/**
 * Counts the second copies and finds out why each was sent. A worker may send a mail again only if
 * whoever sent the copy before could not write down that it had gone out: because that worker was
 * killed or frozen, its line to the mail server broke before it heard, or PostgreSQL was away.
 */
export function countCopies(
  system: System,
  struck: Struck[],
  users: { email: string; verification_id: string }[],
): Copies {
  const copies: Copies = { duplicates: 0, because: {}, unexplained: [] };
  for (const { email, verification_id } of users) {
    const mails = system.mailsTo(email);
    const isSame =
      new Set(mails.map((mail) => `${mail.messageId} ${tokenIn(mail.source)}`)).size < 2;
    for (const [index, mail] of mails.entries()) {
      const next = mails[index + 1];
      if (!next) break;
      copies.duplicates++;
      const written = mail.by.recorded.get(verification_id)?.some((at) => at <= next.at);
      const cause = written ? undefined : findCause(struck, mail.by, mail.at, next.at);
      if (cause && isSame) copies.because[cause] = (copies.because[cause] ?? 0) + 1;
      else copies.unexplained.push(`${verification_id} by ${mail.by.name}, then ${next.by.name}`);
    }
  }
  return copies;
}

/** The fault that kept this worker from writing down what it had sent, if there was one. */
function findCause(
  struck: Struck[],
  { name }: WorkerProcess,
  from: number,
  to: number,
): string | undefined {
  const number = name.split(" ")[1];
  const could = new Set([
    `worker killed: ${number}`,
    `worker frozen: ${number}`,
    `worker stopped: ${number}`,
    `line to postgres cut: ${name}`,
    `line to postgres stalled: ${name}`,
    `answers of postgres stalled: ${name}`,
    `line to postgres forgotten: ${name}`,
    "postgres killed",
    "postgres restarted",
    "postgres frozen",
    "postgres connection killed",
    "postgres connections closed",
    "mail server down",
    "mail server drops the line after the final dot",
  ]);
  const cause = struck.find(
    (fault) => could.has(fault.name) && fault.from <= to && fault.to >= from,
  );
  return cause && kindOf(cause.name);
}
