import type { QueryConfig } from "pg";
import type { Services } from "#src/web/api/context.ts";
import { uuidV7 } from "#src/platform/uuid-v7.ts";
import { aSignup } from "../system/person.ts";
import { commitSignup } from "./signups.ts";

/** What knex tells of a statement that it sends. */
interface Sent {
  sql: string;
  options: { values: unknown[]; name?: string };
}

/**
 * Listens to what the product sends to insert a user, so that the bare statement is the same one
 * whatever becomes of it.
 * @returns what makes the statement for somebody new
 */
export async function recordInsert(services: Services) {
  const sent: Sent[] = [];
  const record = (query: Sent) => void sent.push(query);
  services.db.on("query", record);
  const signup = aSignup();
  const { id, verificationId } = await commitSignup(services, { signup });
  services.db.removeListener("query", record);
  const { sql, options } = sent.find((query) => query.sql.includes("insert into users"))!;
  const recorded = new Map<unknown, string>(
    Object.entries({ ...signup, id, verificationId }).map(([k, v]) => [v, k]),
  );
  return (): { verificationId: string; query: QueryConfig } => {
    const next = { ...aSignup(), id: uuidV7(), verificationId: uuidV7() };
    const values = options.values.map((value) => {
      const name = recorded.get(value) as keyof typeof next | undefined;
      if (name) return next[name];
      // The job's payload names the verification as well.
      return typeof value === "string" ? value.replace(verificationId, next.verificationId) : value;
    });
    return { verificationId: next.verificationId, query: { text: sql, ...options, values } };
  };
}
