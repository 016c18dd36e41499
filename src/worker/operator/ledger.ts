import { Hono } from "hono";
import type { Knex } from "knex";
import { z } from "zod";
import { audit, type Audit } from "#src/audit/audit.ts";
import { readEntry } from "#src/audit/read-ledger.ts";

/**
 * `npm run audit` over HTTP. /ledger has counts and contradictions, /ledger/ID the state of one
 * sign-up. A full audit reads all users, so concurrent requests share one.
 */
export function createLedgerRoutes(db: Knex): Hono {
  let auditing: Promise<Audit> | undefined;
  const app = new Hono();
  app.get("/", async (context) => {
    auditing ??= audit(db).finally(() => (auditing = undefined));
    return context.json(await auditing);
  });
  app.get("/:userId", async (context) => {
    const userId = z.uuid().safeParse(context.req.param("userId"));
    const entry = userId.success ? await readEntry(db, userId.data) : undefined;
    return entry ? context.json(entry) : context.text("There is no such sign-up.\n", 404);
  });
  return app;
}
