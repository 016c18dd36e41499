import { Hono } from "hono";
import { z } from "zod";
import { audit, type Audit } from "#src/audit/audit.ts";
import { readEntry, type Ledger } from "#src/audit/read-ledger.ts";

/**
 * `npm run audit` over HTTP: /ledger has the counts and what contradicts the promise, /ledger/ID
 * where one sign-up stands. The whole account reads all users, so it is made once for all who ask
 * meanwhile.
 * @param waitSeconds how long the reconciler gets to put back what is missing
 */
export function createLedgerRoutes(ledger: Ledger, waitSeconds: number): Hono {
  let auditing: Promise<Audit> | undefined;
  const app = new Hono();
  app.get("/", async (context) => {
    auditing ??= audit(ledger, { waitSeconds }).finally(() => (auditing = undefined));
    return context.json(await auditing);
  });
  app.get("/:userId", async (context) => {
    const userId = z.uuid().safeParse(context.req.param("userId"));
    const entry = userId.success ? await readEntry(ledger, userId.data) : undefined;
    return entry ? context.json(entry) : context.text("There is no such sign-up.\n", 404);
  });
  return app;
}
