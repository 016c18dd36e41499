import { parseArgs } from "node:util";

export const USAGE = `npm run user -- find QUERY [--json]
npm run user -- export QUERY
npm run user -- delete QUERY [--yes]
  QUERY   an address, a username or an id
  find    who that is: one line each
  export  all that is kept of a person, as JSON
  delete  deletes a person and all that is known of them, and tells the application
  --json  one JSON object per line
  --yes   does not ask`;

const VERBS = ["find", "export", "delete"] as const;

export interface Command {
  verb: (typeof VERBS)[number];
  query: string;
  json: boolean;
  yes: boolean;
}

/**
 * Reads the arguments of `npm run user`.
 * @throws {Error} that says in one line what is wrong with them
 */
export function readCommand(args: string[]): Command {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      yes: { type: "boolean", default: false },
    },
  });
  const verb = VERBS.find((one) => one === positionals[0]);
  if (!verb) throw new Error("use find, export or delete.");
  const [, query = "", ...more] = positionals;
  if (query.trim() === "" || more.length > 0) {
    throw new Error(`${verb} takes one address, username or id.`);
  }
  if (values.json && verb !== "find")
    throw new Error("--json is for find; export is JSON already.");
  if (values.yes && verb !== "delete") throw new Error("--yes is for delete.");
  return { verb, query, ...values };
}
