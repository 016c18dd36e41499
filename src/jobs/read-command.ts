import { parseArgs } from "node:util";
import type { JobState } from "#src/tx-jobs/index.ts";

export const USAGE = `npm run jobs -- list [--state STATE] [--name NAME] [--limit N] [--json]
npm run jobs -- retry ID … | --name NAME
  list     the jobs of one state: failed (by default), waiting, running, retrying, done
  --limit  how many at most (100)
  --json   one JSON object per line
  retry    has these jobs, or all failed ones of a name, tried again from the first attempt on`;

const STATES: readonly string[] = ["failed", "waiting", "running", "retrying", "done"];
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

export type Command =
  | { verb: "list"; filter: { state: JobState; name?: string; limit: number }; json: boolean }
  | { verb: "retry"; which: { ids: string[] } | { name: string } };

/**
 * Parses the arguments of `npm run jobs`.
 * @throws {Error} with a one-line description of the mistake
 */
export function readCommand(args: string[]): Command {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      state: { type: "string", default: "failed" },
      name: { type: "string" },
      limit: { type: "string", default: "100" },
      json: { type: "boolean", default: false },
    },
  });
  const { state, name, limit, json } = values;
  const [verb, ...ids] = positionals;
  if (verb === "list" && ids.length === 0) {
    if (!STATES.includes(state)) throw new Error(`--state is one of ${STATES.join(", ")}.`);
    const most = Number(limit);
    if (!Number.isInteger(most) || most < 1 || most > 100_000) {
      throw new Error("--limit takes a whole number, 1 to 100000.");
    }
    const filter = {
      state: state as JobState,
      limit: most,
      ...(name === undefined ? {} : { name }),
    };
    return { verb, filter, json };
  }
  if (verb !== "retry") throw new Error("use list or retry.");
  if (ids.length > 0 === (name !== undefined)) throw new Error("retry takes ids, or --name.");
  const wrong = ids.find((id) => !UUID.test(id));
  if (wrong !== undefined) throw new Error(`"${wrong}" is not the id of a job.`);
  return { verb, which: name === undefined ? { ids } : { name } };
}
