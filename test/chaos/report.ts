import { Queue } from "bullmq";
import { Redis } from "ioredis";
import type { Knex } from "knex";
import { audit, type Audit } from "#src/audit/audit.ts";
import { createDb } from "#src/platform/db.ts";
import { tokenIn } from "../servers/smtp-sink.ts";
import { findForgotten } from "./backlog.ts";
import { callProcedure } from "../system/call.ts";
import { countKinds, type Struck } from "./strike.ts";
import { compareEvents, countUntold, readVerified, whenAllTold } from "./events.ts";
import { countCopies } from "./copies.ts";
import type { Visitor } from "./visitor.ts";
import { countOwed, whenAtRest } from "./rest.ts";
import { findSlow } from "./slow.ts";
import type { ProxiedSystem } from "./system.ts";

/** What came of a campaign. Those that are marked so must be 0. */
export interface Report {
  /** People who began to sign up. */
  signups: number;
  /** Those of them who were told that it had worked. */
  acknowledged: number;
  faults: Record<string, number>;
  /** Users, acknowledged or committed, without a mail whose link works. Must be 0. */
  lost: number;
  /** Mails for users that do not exist. Must be 0. */
  ghosts: number;
  /** People with two users. Must be 0. */
  doubleUsers: number;
  /** People whose own earlier attempt stood in their way. Must be 0. */
  unsafeRetries: number;
  /** Second and further copies of a mail. */
  duplicateMails: number;
  /** Those by what came between the mail server's acceptance and the worker's record. */
  duplicateMailsBecause: Record<string, number>;
  /** Those that nothing of the kind explains. Must be 0. */
  duplicateMailsUnexplained: number;
  /** Errors that took over 2 s. */
  slowFailures: number;
  /** Those that took over 2 s even without the time in which their web was frozen. */
  slowFailuresAwake: number;
  /** Mails still owed when everything had had its time. Must be 0. */
  owedAtEnd: number;
  /** Events that the application got of verified accounts. */
  events: number;
  /** Copies of those, by the same id. */
  eventCopies: number;
  /** Verified accounts that the application has not heard of. Must be 0. */
  eventsLost: number;
  /** Events whose delivery had still not ended when everything had had its time. Must be 0. */
  eventsOwedAtEnd: number;
  /** Events of accounts that are not verified. Must be 0. */
  eventsStray: number;
  /** Accounts whose events have different ids. Must be 0. */
  eventsChanged: number;
  /** Whatever else went otherwise than it must: answers, stops, the audit's contradictions. Must be 0. */
  surprises: number;
  /** Seconds from the end of the last fault until nobody waited for anything. */
  secondsToRecover: number;
}

/** What must be 0. */
export const FORBIDDEN = [
  "lost",
  "ghosts",
  "doubleUsers",
  "unsafeRetries",
  "duplicateMailsUnexplained",
  "owedAtEnd",
  "eventsLost",
  "eventsOwedAtEnd",
  "eventsStray",
  "eventsChanged",
  "surprises",
] as const satisfies (keyof Report)[];

/** Milliseconds that the mails of the requests that nobody waited for any more get. */
const AFTERMATH = 30_000;

/** Milliseconds that the last events get: one that has failed several times is tried again in a minute. */
const EVENTS_AFTERMATH = 120_000;

/** Milliseconds that a link gets to be confirmed: what counts is whether it works. */
const PATIENCE = 60_000;

interface UserRow {
  id: string;
  username: string;
  email: string;
  signup_request_id: string;
  verification_id: string;
}

export interface Settling {
  system: ProxiedSystem;
  people: Visitor[];
  struck: Struck[];
  /** When the last fault was over, and until when everything must have come right; since 1970. */
  healedAt: number;
  deadline: number;
  say: (line: string) => void;
}

/** Waits until the queue is empty and no mail is owed, then compares everybody's account. */
export async function writeReport(settling: Settling): Promise<Report> {
  const { system, people, struck, healedAt, deadline, say } = settling;
  const db = createDb({ url: system.databaseUrl, pool: 5 });
  const redis = new Redis(system.redisUrl, { maxRetriesPerRequest: null });
  const queue = new Queue("critical", { connection: redis, prefix: "enlist" });
  try {
    const complain = (error: unknown) => say(String(error));
    await whenAtRest({ db, queue }, Math.max(1000, deadline - Date.now())).catch(complain);
    const secondsToRecover = Math.round((Date.now() - healedAt) / 100) / 10;
    await endAbandoned(system);
    await whenAtRest({ db, queue }, AFTERMATH).catch(complain);
    const users = await readUsers(db);
    const audited = await audit(db);
    const copies = countCopies(system, struck, users);
    say("waiting until the application has been told of everyone …");
    await whenAllTold(db, EVENTS_AFTERMATH).catch(complain);
    const { events } = system.application;
    const told = compareEvents(events, await readVerified(db));
    for (const id of told.missing) say(`NOT TOLD: of ${id}`);
    for (const one of told.stray) say(`STRAY EVENT: ${one}`);
    for (const id of told.changed) say(`EVENTS OF SEVERAL IDS: ${id}`);
    const surprises = [...listSurprises(people, struck, audited), ...system.application.complaints];
    for (const surprise of surprises) say(`SURPRISE: ${surprise}`);
    for (const unexplained of copies.unexplained) say(`UNEXPLAINED COPY: ${unexplained}`);
    const forgotten = findForgotten(system, users).map((email) => `${email} has no mail`);
    const lost = [...(await findLost(system, people, users)), ...forgotten];
    for (const one of lost) say(`LOST: ${one}`);
    const addresses = new Set(users.map(({ email }) => email));
    const ghosts = system.addresses().filter((address) => !addresses.has(address));
    for (const ghost of ghosts) say(`GHOST: a mail to ${ghost}, who is not there`);
    const slow = findSlow(people, struck);
    for (const one of slow.awake.slice(0, 20)) say(`SLOW: ${one}`);
    return {
      signups: people.length,
      acknowledged: people.filter((person) => person.acknowledged.size > 0).length,
      faults: countKinds(struck),
      lost: lost.length,
      ghosts: ghosts.length,
      doubleUsers: countDoubles(people, users),
      unsafeRetries: people.filter((person) => person.wasTakenForAnother).length,
      duplicateMails: copies.duplicates,
      duplicateMailsBecause: copies.because,
      duplicateMailsUnexplained: copies.unexplained.length,
      slowFailures: slow.count,
      slowFailuresAwake: slow.awake.length,
      owedAtEnd: await countOwed(db),
      events: events.length,
      eventCopies: told.copies,
      eventsLost: told.missing.length,
      eventsOwedAtEnd: await countUntold(db),
      eventsStray: told.stray.length,
      eventsChanged: told.changed.length,
      surprises: surprises.length,
      secondsToRecover,
    };
  } finally {
    redis.disconnect();
    await db.destroy();
  }
}

/** Ends the requests that people have given up waiting for, whose users the account would miss. */
async function endAbandoned({ webs }: ProxiedSystem): Promise<void> {
  for (const web of webs) {
    await web.program.stop();
    await web.start();
  }
}

async function readUsers(db: Knex): Promise<UserRow[]> {
  const { rows } = await db.raw<{ rows: UserRow[] }>(
    `select u.id, u.username, u.email, u.signup_request_id, v.id as verification_id
     from users u join email_verifications v on v.user_id = u.id`,
  );
  return rows;
}

/** Who was told that they had signed up, or has a row, and has no mail whose link works. */
async function findLost(
  system: ProxiedSystem,
  people: Visitor[],
  users: UserRow[],
): Promise<string[]> {
  const byName = new Map(users.map((user) => [user.username, user]));
  const lost: string[] = [];
  for (const person of people) {
    const user = byName.get(person.username);
    const isAcknowledged = person.acknowledged.size > 0;
    if (!user && !isAcknowledged) continue;
    if (!user || (isAcknowledged && !person.acknowledged.has(user.id))) {
      lost.push(`${person.username} was acknowledged, but is not there`);
    } else if (!(await canConfirm(system, person))) {
      lost.push(`${user.id} has no mail that works`);
    }
  }
  return lost;
}

/** Whether the first mail's link leads to a verified account. */
async function canConfirm(system: ProxiedSystem, person: Visitor): Promise<boolean> {
  const token = tokenIn(system.mailsTo(person.email)[0]?.source ?? "");
  if (!token) return false;
  const { url } = system.webs[0]!;
  const input = { token, password: person.password };
  const { status } = await callProcedure(url, "verifyEmail", input, PATIENCE);
  return status === 200;
}

function countDoubles(people: Visitor[], users: UserRow[]): number {
  const requestIds = new Set(users.map((user) => user.signup_request_id));
  const toldTwice = people.filter((person) => person.acknowledged.size > 1).length;
  return users.length - requestIds.size + toldTwice;
}

function listSurprises(people: Visitor[], struck: Struck[], audited: Audit): string[] {
  return [
    ...people.flatMap((person) => person.surprises),
    ...struck.flatMap(({ name, problem }) => (problem ? [`${name}: ${problem}`] : [])),
    ...audited.contradictions.map(({ id, what }) => `${id} ${what}`),
  ];
}
