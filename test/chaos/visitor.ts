import { setTimeout as sleep } from "node:timers/promises";
import { codeIn, tokenIn } from "../servers/smtp-sink.ts";
import { callProcedure, type Answer } from "../system/call.ts";
import type { Signup } from "../system/person.ts";
import { aSignup } from "../system/person.ts";
import type { Random } from "./random.ts";
import type { ProxiedSystem } from "./system.ts";

/** Somebody who signs up, and what they went through. */
export interface Visitor extends Signup {
  /** The ids of the user that they were told they are: one, however often they were told. */
  acknowledged: Set<string>;
  /** Their own earlier attempt stood in their way. */
  wasTakenForAnother: boolean;
  confirmed: boolean;
  /** Each error that they got: what they had asked, which web, and the wait, since 1970. */
  errors: { what: string; web: string; from: number; to: number }[];
  /** What they were answered besides success and "try again". */
  surprises: string[];
}

/**
 * Milliseconds between an error and the next try: a few seconds, more each time, as people who have
 * been sent away thrice do not press the button at the same pace.
 */
function breath(random: Random, errors: number): number {
  return random.between(800, 2500) * Math.min(errors, 4);
}

/** A person who has done nothing yet; the same seed gives the same one. */
export function newVisitor(random: Random, number: number): Visitor {
  const hex = (digits: number) =>
    Array.from({ length: digits }, () => random.between(0, 15).toString(16)).join("");
  const username = `person_${number}_${hex(8)}`;
  const requestId = `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
  return {
    ...aSignup({
      ...{ requestId, username },
      email: `${username}@example.com`,
      password: `${hex(8)}-otter-${hex(8)}`,
    }),
    acknowledged: new Set(),
    wasTakenForAnother: false,
    confirmed: false,
    errors: [],
    surprises: [],
  };
}

/**
 * Lives through a sign-up as people do: sends the form again after an error, sometimes twice at
 * once, sometimes losing the answer, sometimes giving up; then waits for the mail and confirms.
 * Ends when all that the person still wants is done, or at once when `isOver`.
 */
export async function live(
  person: Visitor,
  system: ProxiedSystem,
  random: Random,
  isOver: () => boolean,
): Promise<void> {
  const cookie = await sendForm(person, system, random, isOver);
  if (person.acknowledged.size === 0) return;
  const mail = await readMail(person, system, random, isOver);
  const [token, code] = [tokenIn(mail), codeIn(mail)];
  if (!token || !code) return;
  // Some type the code, some open the link; some on another device, and are asked for their password.
  const proof = random.pick([
    { code, cookie },
    { token, cookie },
    { token, password: person.password },
  ]);
  for (let tries = 1; !person.confirmed && !isOver(); tries++) {
    const answer = await send(person, system, random, "verifyEmail", proof);
    if (answer?.status === 200) person.confirmed = true;
    else await sleep(breath(random, tries));
  }
}

/** Waits for the mail, and reads it in a while. Returns its source, empty where none came. */
async function readMail(
  { email }: Visitor,
  system: ProxiedSystem,
  random: Random,
  isOver: () => boolean,
): Promise<string> {
  while (system.mailsTo(email).length === 0 && !isOver()) await sleep(100);
  if (!isOver()) await sleep(random.between(0, 5000));
  return system.mailsTo(email)[0]?.source ?? "";
}

/** Sends the form until it is accepted. Returns the cookie that came with the success. */
async function sendForm(
  person: Visitor,
  system: ProxiedSystem,
  random: Random,
  isOver: () => boolean,
): Promise<string | undefined> {
  const { requestId, username, fullName, email, password } = person;
  const form = { requestId, username, fullName, email, password };
  for (let tries = 1; !isOver(); tries++) {
    const copies = random.chance(0.05) ? 2 : 1;
    const sending = Array.from({ length: copies }, () =>
      send(person, system, random, "createUser", form),
    );
    const answers = await Promise.all(sending);
    for (const answer of answers) {
      if (answer?.status === 200) person.acknowledged.add(answer.body.result.data.user.id);
      if (answer?.body?.error?.data?.field === "username") person.wasTakenForAnother = true;
    }
    const accepted = answers.find((answer) => answer?.status === 200);
    if (accepted) return accepted.cookie;
    if (random.chance(0.03)) return undefined; // They give up.
    await sleep(breath(random, tries));
  }
  return undefined;
}

/** Sends one request to one of the webs; undefined where no answer came. */
async function send(
  person: Visitor,
  system: ProxiedSystem,
  random: Random,
  procedure: string,
  input: Record<string, string | undefined>,
): Promise<Answer | undefined> {
  const { url, name } = random.pick(system.webs);
  const closesTheTab = random.chance(0.05);
  const patience = closesTheTab ? random.between(0, 300) : undefined;
  const from = Date.now();
  const failed = () => person.errors.push({ what: procedure, web: name, from, to: Date.now() });
  try {
    const answer = await callProcedure(url, procedure, input, patience);
    const { status, body } = answer;
    if (status !== 200) failed();
    if (status !== 200 && status !== 503) {
      person.surprises.push(`${procedure}: ${status} ${JSON.stringify(body)}`);
    }
    return answer;
  } catch {
    if (!closesTheTab) failed();
    return undefined;
  }
}
