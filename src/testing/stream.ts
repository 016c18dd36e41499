import { setTimeout as sleep } from "node:timers/promises";
import type { TRPCError } from "@trpc/server";
import type { Knex } from "knex";
import { expect } from "vitest";
import type { CreateUserInput } from "#src/shared/signup-schema.ts";
import { appRouter } from "#src/server/api/router.ts";
import type { Services } from "#src/server/api/context.ts";
import type { SmtpSink } from "../../scripts/services/smtp-sink.ts";
import { waitFor } from "../../scripts/services/wait-for.ts";
import { testContext } from "./services.ts";
import { aSignup } from "./signup.ts";

/** Signs up as the form does, in this process. */
export function signUp(services: Services, input: CreateUserInput) {
  return appRouter.createCaller(testContext(services)).createUser(input);
}

/**
 * Sends the form again until it is taken, as a person does who is told to.
 * @param onRefusal is called for each "not now"
 * @returns the milliseconds after which each "not now" came
 * @throws whatever else the person is told
 */
export async function insist(
  services: Services,
  input: CreateUserInput,
  onRefusal: () => void = () => {},
): Promise<number[]> {
  const waits: number[] = [];
  for (;;) {
    const started = performance.now();
    try {
      await signUp(services, input);
      return waits;
    } catch (error) {
      if ((error as TRPCError).code !== "SERVICE_UNAVAILABLE") throw error;
      waits.push(performance.now() - started);
      onRefusal();
      await sleep(300);
    }
  }
}

/** People who come five a second, and insist; what two busy cores can hash besides all the rest. */
export interface Stream {
  /** How many have come so far. */
  arrived(): number;
  /** Waits until so many of them have signed up. */
  taken(count: number): Promise<unknown>;
  /** Waits until so many were told "not now". */
  refused(count: number): Promise<unknown>;
  /** Lets nobody further come, and waits until all have signed up. */
  stop(): Promise<{ inputs: CreateUserInput[]; waits: number[] }>;
}

export function startStream(services: Services): Stream {
  const inputs: CreateUserInput[] = [];
  const coming: Promise<number[]>[] = [];
  let [taken, refused] = [0, 0];
  const arriving = setInterval(() => {
    const input = aSignup();
    inputs.push(input);
    const insisting = insist(services, input, () => refused++);
    // What fails is stop()'s to report.
    void insisting.then(
      () => taken++,
      () => {},
    );
    coming.push(insisting);
  }, 200);
  return {
    arrived: () => inputs.length,
    taken: (count) => waitFor("some to have signed up", () => taken >= count, 40_000),
    refused: (count) => waitFor("some to be refused", () => refused >= count, 40_000),
    async stop() {
      clearInterval(arriving);
      return { inputs, waits: (await Promise.all(coming)).flat() };
    },
  };
}

/** Waits for the mails of these people: one each; and nobody was mailed who has not signed up. */
export async function expectOneMailEach(
  db: Knex,
  sink: SmtpSink,
  inputs: CreateUserInput[],
): Promise<void> {
  const copies = ({ email }: CreateUserInput) => sink.mails.filter(({ to }) => to === email).length;
  for (const input of inputs) await waitFor("the mail", () => copies(input) > 0, 40_000);
  expect(inputs.filter((input) => copies(input) !== 1)).toEqual([]);
  const users = new Set(await db("users").pluck("email"));
  expect(sink.mails.filter(({ to }) => !users.has(to))).toEqual([]);
  expect(inputs.filter(({ email }) => !users.has(email))).toEqual([]);
}

/** The one in the middle. */
export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}
