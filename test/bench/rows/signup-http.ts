import { availableParallelism } from "node:os";
import { startSystem } from "#test/system/start-system.ts";
import { bareHash } from "../argon2.ts";
import { compareRounds, interleave, rate } from "../measure.ts";
import type { Measure } from "../row.ts";
import { signUpOverHttp } from "../sign-up-over-http.ts";

/** What the production build, asked by 32 clients, adds to the hashing of passwords. */
export const measure: Measure = async ({ env, say }) => {
  const web = await startSystem({ given: env, migrated: true, env, workers: [] });
  let refused = 0;
  const signUp = async () => {
    refused += await signUpOverHttp(web.url);
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
  await web.stop();
  const peer = `bare Argon2id, ${availableParallelism()} cores`;
  return [{ unit: "/s", ...compareRounds(ours!, bare!), peer, atLeast: 0.85 }];
};
