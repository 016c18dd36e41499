import type { Connection } from "../connection.ts";

/** The part of a knex instance or transaction that is used. */
export interface KnexLike {
  // oxlint-disable-next-line typescript/no-explicit-any -- knex's own type says as much
  raw(text: string, values: any): any;
  isTransaction?: boolean;
  isCompleted?: () => boolean;
}

/** Cached, because the few texts are the same every time. */
const texts = new Map<string, string>();

/** knex has named parameters (`$1` becomes `:p1`), and question marks must be escaped. */
function toKnex(text: string): string {
  const known = texts.get(text);
  if (known !== undefined) return known;
  const named = text.replaceAll("?", String.raw`\?`).replaceAll(/\$(\d+)/g, ":p$1");
  texts.set(text, named);
  return named;
}

/** A knex instance as a pool, or a knex transaction (or savepoint) as a transaction. */
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
