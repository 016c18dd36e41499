import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { startWeb } from "../../scripts/services/enlist.ts";
import { freePort } from "../../scripts/services/ports.ts";
import { bareHash } from "../argon2.ts";
import { call } from "../../scripts/services/call.ts";
import { compareRounds, interleave, rate } from "../measure.ts";
import type { Measure } from "../row.ts";
import { aSignup } from "#src/testing/signup.ts";

/** Seconds before a client that was told "too much to do" comes again, where the answer names none. */
const AGAIN = 0.25;

/** What the production build, asked by 32 clients, adds to the hashing of passwords. */
export const measure: Measure = async ({ env, say }) => {
  const web = await startWeb("start", await freePort(), env);
  let refused = 0;
  const signUp = async () => {
    const input = aSignup();
    for (;;) {
      const { status, retryAfter = AGAIN } = await call(`${web.url}/api/trpc/createUser`, input);
      if (status === 200) return;
      if (status !== 503) throw new Error(`createUser answered ${status}`);
      refused++;
      await sleep(retryAfter * 1000);
    }
  };
  const [ours, bare] = await interleave(
    [
      { what: "createUser", run: () => rate(signUp, { atOnce: 32, ms: 2000 }) },
      { what: "Argon2id", run: () => rate(bareHash, { atOnce: 32, ms: 2000 }) },
    ],
    say,
    8,
  );
  say(`${refused} were told to come again`);
  await web.program.stop();
  const peer = `bare Argon2id, ${availableParallelism()} cores`;
  return [{ unit: "/s", ...compareRounds(ours!, bare!), peer, atLeast: 0.85 }];
};
