import type { Limits } from "./limits.ts";
import { settleAll } from "./settle-all.ts";
import type { Tally } from "./tally.ts";
import { toMailbox } from "./to-mailbox.ts";

/** The key under which `mailsInAll` counts. */
export const INSTALLATION = "all";

/** The limits that apply to one mail. */
type MailLimits = Pick<Limits, "mails" | "mailsByClient" | "mailsInAll">;

/**
 * Counts one mail against the limits of its client, its address and the installation.
 * @param client as returned by toClient() of client-address.ts
 * @throws {Refusal} TOO_MANY_REQUESTS if any limit is exceeded
 */
export async function countMail(
  count: Tally["count"],
  { mails, mailsByClient, mailsInAll }: MailLimits,
  { client, email }: { client: string; email: string },
): Promise<void> {
  await settleAll([
    count(mailsByClient, client),
    count(mails, toMailbox(email)),
    count(mailsInAll, INSTALLATION),
  ]);
}
