import type { Knex } from "knex";
import type { ReceivedEvent } from "../servers/application.ts";
import { waitFor } from "../servers/wait-for.ts";

/** How the events that the application has got differ from the accounts that are verified. */
export interface EventFindings {
  /** Verified accounts that the application has not heard of. */
  missing: string[];
  /** Events of accounts that are not verified. */
  stray: string[];
  /** Accounts whose events have different ids, though each was verified once. */
  changed: string[];
  /** Copies, each of which the application can tell by its id. */
  copies: number;
}

/** Compares all events with all accounts. @param verified the ids of the verified accounts */
export function compareEvents(
  events: Pick<ReceivedEvent, "id" | "type" | "data">[],
  verified: ReadonlySet<string>,
): EventFindings {
  const told = new Map<string, string[]>();
  const stray: string[] = [];
  for (const { id, type, data } of events) {
    const userId = String(data.user?.id);
    if (type === "user.verified" && verified.has(userId)) {
      told.set(userId, [...(told.get(userId) ?? []), id]);
    } else stray.push(`${type} of ${userId}`);
  }
  const all = [...told];
  return {
    missing: [...verified].filter((id) => !told.has(id)),
    stray,
    changed: all.filter(([, ids]) => new Set(ids).size > 1).map(([userId]) => userId),
    copies: all.reduce((sum, [, ids]) => sum + ids.length - 1, 0),
  };
}

/** Waits until no event is owed to the application, for at most `ms` milliseconds. */
export async function whenAllTold(db: Knex, ms: number): Promise<void> {
  await waitFor(
    "the application to be told of everyone",
    async () => (await countUntold(db)) === 0,
    ms,
  );
}

/** Events that are owed to the application. */
export async function countUntold(db: Knex): Promise<number> {
  const owed = await db("tx_jobs")
    .whereLike("name", "user.%")
    .whereNull("finished_at")
    .select("id");
  return owed.length;
}

export async function readVerified(db: Knex): Promise<Set<string>> {
  return new Set(await db("users").whereNotNull("email_verified_at").pluck("id"));
}
