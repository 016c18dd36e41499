import type { Connection } from "../connection.ts";

/** What is used of a knex instance or a knex transaction. */
export interface KnexLike {
  // oxlint-disable-next-line typescript/no-explicit-any -- knex's own type says as much
  raw(text: string, values: any): any;
  isTransaction?: boolean;
  isCompleted?: () => boolean;
}

/** Texts are few, and the same each time. */
const texts = new Map<string, string>();

/** knex numbers parameters by name, `$1` is `:p1` to it, and takes a question mark for one. */
function toKnex(text: string): string {
  const known = texts.get(text);
  if (known !== undefined) return known;
  const named = text.replaceAll("?", String.raw`\?`).replaceAll(/\$(\d+)/g, ":p$1");
  texts.set(text, named);
  return named;
}

/** A knex instance as a pool, or a knex transaction (a savepoint is one, too) as a transaction. */
export function fromKnex(knex: KnexLike): Connection {
  return {
    async run({ text, values, name }) {
      const entries = values.map((value, index) => [`p${index + 1}`, value]);
      const query = knex.raw(toKnex(text), Object.fromEntries(entries));
      const { rows } = await (name ? query.options({ name }) : query);
      return rows;
    },
    transaction() {
      if (!knex.isTransaction) return "none";
      return knex.isCompleted?.() ? "over" : "open";
    },
  };
}
