import type { Connection } from "../connection.ts";

/** The part of a knex instance or transaction that is used. */
export interface KnexLike {
  // oxlint-disable-next-line typescript/no-explicit-any -- knex's own type says as much
  raw(text: string): any;
  isTransaction?: boolean;
  isCompleted?: () => boolean;
}

/** A knex instance as a pool, or a knex transaction (or savepoint) as a transaction. */
export function fromKnex(knex: KnexLike): Connection {
  return {
    async run({ text, values, name }) {
      // The driver gets its own parameters. knex would take "?" for one of its own.
      const query = knex.raw(text.replaceAll("?", String.raw`\?`));
      const { rows } = await query.options({ values, ...(name ? { name } : {}) });
      return rows;
    },
    transaction() {
      if (!knex.isTransaction) return "none";
      return knex.isCompleted?.() ? "over" : "open";
    },
  };
}
