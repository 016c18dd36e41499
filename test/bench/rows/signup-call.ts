import { availableParallelism } from "node:os";
import { appRouter } from "#src/web/api/router.ts";
import { bareHash } from "../argon2.ts";
import { compareRounds, interleave, rate } from "../measure.ts";
import type { Measure } from "../row.ts";
import { aContext, openServices } from "../services.ts";
import { aSignup } from "#test/system/person.ts";

/** What the router, its checks and the transaction add to the hashing of passwords. */
export const measure: Measure = async ({ say }) => {
  const services = await openServices();
  const signUp = () => appRouter.createCaller(aContext(services)).createUser(aSignup());
  const [ours, bare] = await interleave(
    [
      { what: "createUser", run: () => rate(signUp, { atOnce: 16, ms: 2000 }) },
      { what: "Argon2id", run: () => rate(bareHash, { atOnce: 16, ms: 2000 }) },
    ],
    say,
    8,
  );
  const peer = `bare Argon2id, ${availableParallelism()} cores`;
  return [{ unit: "/s", ...compareRounds(ours!, bare!), peer, atLeast: 0.95 }];
};
