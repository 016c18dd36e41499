import { startSystem } from "#test/system/start-system.ts";
import { ROOT } from "#test/servers/folder.ts";
import { buildEmptyApp, EMPTY_APP, weighPage } from "../../../scripts/weigh-page.ts";
import { callOk } from "#test/system/call.ts";
import { compareRounds, interleave, rate } from "../measure.ts";
import { startEmptyApp } from "../next-app.ts";
import type { Measure } from "../row.ts";

/** What the sign-up page costs those who load it, and the server. */
export const measure: Measure = async ({ env, say }) => {
  buildEmptyApp();
  const empty = await startEmptyApp();
  const web = await startSystem({ given: env, migrated: true, env, workers: [] });
  const load = { atOnce: 16, ms: 1000 };
  const [ours, theirs] = await interleave(
    [
      { what: "/signup", run: () => rate(() => callOk(`${web.url}/signup`), load) },
      { what: "empty page", run: () => rate(() => callOk(empty.url), load) },
    ],
    say,
    10,
  );
  await Promise.all([empty.program.stop(), web.stop()]);
  const peer = "an empty page";
  return [
    {
      part: "script, gzip",
      unit: "kB",
      ours: weighPage(ROOT, "en/signup/form/on-required-link") / 1000,
      peer,
      theirs: weighPage(EMPTY_APP, "index") / 1000,
      atMostMore: 15,
    },
    {
      part: "requests",
      unit: "/s",
      ...compareRounds(ours!, theirs!),
      peer,
      atLeast: 0.9,
    },
  ];
};
