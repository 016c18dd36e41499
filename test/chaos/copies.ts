import { tokenIn } from "../servers/smtp-sink.ts";
import type { Struck } from "./strike.ts";
import { kindOf } from "./plan.ts";
import type { ProxiedSystem, WorkerProcess } from "./system.ts";

type Copy = ReturnType<ProxiedSystem["mailsTo"]>[number];

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
  system: ProxiedSystem,
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
      const history = mail.by.history.get(verification_id) ?? [];
      const taken = takenAt(next, verification_id);
      const isRecorded = history.some(({ line }) => SENT.test(line) && timeOf(line) <= taken);
      const cause = isRecorded
        ? undefined
        : (findCause(struck, [mail.at, next.at], keptFromRecording(mail.by)) ??
          findCause(struck, [takenAt(mail, verification_id), next.at], keptFromRenewing(mail.by)));
      if (cause && isSame) copies.because[cause] = (copies.because[cause] ?? 0) + 1;
      else copies.unexplained.push(tell(verification_id, mail, next, struck));
    }
  }
  return copies;
}

/** What a worker logs once a mail has gone out and is written down. */
const SENT = /"because":"sent"/;

/** When the log says that a line was written, in milliseconds since 1970. */
function timeOf(line: string): number {
  return Date.parse(/"time":"([^"]+)"/.exec(line)?.[1] ?? "");
}

/** When the worker that sent this copy took the mail up, if it lived to log it; else when it came. */
function takenAt({ by, at }: Copy, id: string): number {
  const sent = (by.history.get(id) ?? []).find(({ line }) => SENT.test(line) && timeOf(line) >= at);
  const duration = /"duration":([\d.]+)/.exec(sent?.line ?? "")?.[1];
  return sent && duration ? timeOf(sent.line) - Number(duration) : at;
}

/** All that is known of a copy that nothing explains. */
function tell(id: string, copy: Copy, next: Copy, struck: Struck[]): string {
  const since = (at: number) => `${((at - copy.at) / 1000).toFixed(2)} s`;
  const lines = [copy.by, next.by].flatMap((by) =>
    (by.history.get(id) ?? []).map(({ at, line }) => `${by.name} ${since(at)} ${line}`),
  );
  const around = struck
    .filter(({ from, to }) => from < next.at && to > copy.at - 10_000)
    .map(({ name, from, to }) => `${name}, ${since(from)} to ${since(to)}`);
  return [
    `${id} by ${copy.by.name}, ${since(next.at)} later by ${next.by.name}`,
    ...new Set(lines),
    ...around,
  ].join("\n          ");
}

/** What keeps this worker from writing down what it has sent. */
function keptFromRecording(worker: WorkerProcess): string[] {
  return [
    ...keptFromRenewing(worker),
    `worker stopped: ${numberOf(worker)}`,
    "mail server down",
    "mail server away for long",
    "redis full while the mail server is away",
    "mail server drops the line after the final dot",
  ];
}

/** What keeps it from renewing its lease, from the moment on that it takes a mail up. */
function keptFromRenewing(worker: WorkerProcess): string[] {
  return [
    `worker killed: ${numberOf(worker)}`,
    `job kills its worker: ${numberOf(worker)}`,
    `worker frozen: ${numberOf(worker)}`,
    `line to postgres cut: ${worker.name}`,
    `line to postgres stalled: ${worker.name}`,
    `answers of postgres stalled: ${worker.name}`,
    `line to postgres forgotten: ${worker.name}`,
    "postgres killed",
    "postgres restarted",
    "postgres frozen",
    "postgres connection killed",
    "postgres connections closed",
  ];
}

function numberOf({ name }: WorkerProcess): string | undefined {
  return name.split(" ")[1];
}

/** The kind of the first fault of these names that fell into this time. */
function findCause(
  struck: Struck[],
  [from, to]: [number, number],
  names: string[],
): string | undefined {
  const cause = struck.find(
    (fault) => names.includes(fault.name) && fault.from <= to && fault.to >= from,
  );
  return cause && kindOf(cause.name);
}
