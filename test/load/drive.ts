import { setTimeout as sleep } from "node:timers/promises";
import { waitFor } from "../servers/wait-for.ts";
import { look, signUpOnce, type Outcome } from "./sign-up.ts";

export interface Driven {
  signUps: Outcome[];
  /** Looks at the page, a few a second, all the time. */
  looks: Outcome[];
  seconds: number;
}

/** As many sign-ups as go through, from so many people who each wait for their answer. */
export async function drivePeople(port: number, people: number, seconds: number): Promise<Driven> {
  const until = Date.now() + seconds * 1000;
  const signUps: Outcome[] = [];
  await Promise.all(
    Array.from({ length: people }, async () => {
      while (Date.now() < until) signUps.push(await signUpOnce(port));
    }),
  );
  return { signUps, looks: [], seconds };
}

/**
 * So many sign-ups a second, whatever has come back so far: people do not know of one another.
 * @param onSecond is called about once a second, with the seconds that have passed
 */
export async function driveRate(
  port: number,
  perSecond: number,
  seconds: number,
  onSecond: (passed: number) => void,
): Promise<Driven> {
  const began = Date.now();
  const signUps: Outcome[] = [];
  const looks: Outcome[] = [];
  let underWay = 0;
  const begin = async (request: Promise<Outcome>, into: Outcome[]) => {
    underWay++;
    into.push(await request);
    underWay--;
  };
  let [sent, looked, told] = [0, 0, 0];
  for (let passed = 0; passed < seconds; passed = (Date.now() - began) / 1000) {
    for (; sent < passed * perSecond; sent++) void begin(signUpOnce(port), signUps);
    for (; looked < passed * 4; looked++) void begin(look(port), looks);
    if (passed >= told + 1) onSecond((told = Math.floor(passed)));
    await sleep(5);
  }
  await waitFor("the last answers", () => underWay === 0, 60_000);
  return { signUps, looks, seconds };
}
