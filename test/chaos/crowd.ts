import { setTimeout as sleep } from "node:timers/promises";
import { waitFor } from "../servers/wait-for.ts";
import { live, newVisitor, type Visitor } from "./visitor.ts";
import { seeded } from "./random.ts";
import type { ProxiedSystem } from "./system.ts";

/** People who come one after the other and sign up. */
export interface Crowd {
  people: Visitor[];
  /** Lets nobody further come. */
  close(): void;
  /** Waits until nobody waits for anything any more, for at most `ms` milliseconds. */
  leave(ms: number): Promise<void>;
}

/** Sign-ups a second that begin, on average. */
const ARRIVALS = 4;

export function gather(system: ProxiedSystem, seed: number): Crowd {
  const people: Visitor[] = [];
  const lives: Promise<void>[] = [];
  const clock = seeded(seed);
  let isOver = false;
  let next: NodeJS.Timeout;
  const arrive = () => {
    const random = seeded(seed + 1 + people.length);
    const person = newVisitor(random, people.length);
    people.push(person);
    lives.push(live(person, system, random, () => isOver));
    next = setTimeout(arrive, clock.between(0, 2000 / ARRIVALS));
  };
  arrive();
  return {
    people,
    close: () => clearTimeout(next),
    async leave(ms) {
      const patience = setTimeout(() => (isOver = true), ms);
      await Promise.all(lives);
      clearTimeout(patience);
    },
  };
}

/** Sends each web sign-ups until it takes one in half a second, which also tells that all is up. */
export async function warmUp(system: ProxiedSystem): Promise<void> {
  for (const web of system.webs) {
    await waitFor(
      `${web.name} to take a sign-up`,
      () => takesOne({ ...system, webs: [web] }),
      60_000,
    );
  }
}

async function takesOne(system: ProxiedSystem): Promise<boolean> {
  const began = performance.now();
  const random = seeded(began);
  const person = newVisitor(random, 0);
  const life = live(person, system, random, () => performance.now() - began > 500);
  await Promise.race([life, sleep(500)]);
  return person.acknowledged.size > 0;
}
