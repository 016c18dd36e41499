// npm run invite: invites people by mail, lists the invitations, and withdraws them.
import type { Knex } from "knex";
import * as z from "zod/mini";
import { brand } from "#src/platform/brand.ts";
import { loadInviteEnv, orExit } from "#src/platform/env.ts";
import { isRefusal } from "#src/platform/refusal.ts";
import { readOrExit, runCommand } from "#src/platform/run-command.ts";
import { withoutRedis } from "#src/platform/without-redis.ts";
import { transact } from "#src/platform/transact.ts";
import { emailSchema } from "#src/shared/signup-fields.ts";
import { createAssertMailable } from "#src/signup/assert-mailable.ts";
import { invite } from "#src/signup/invitation/invite.ts";
import { withdrawInvitations } from "#src/signup/invitation/withdraw-invitations.ts";
import { FIELD_TEXTS } from "#src/texts/field-texts.ts";
import { readFieldText } from "#src/texts/read-field-text.ts";
import { listInvitations } from "./list-invitations.ts";
import { readCommand, USAGE, type Command } from "./read-command.ts";

const command = readOrExit(() => readCommand(process.argv.slice(2)), USAGE);
const env = orExit(loadInviteEnv);
await runCommand("npm run invite", env.DATABASE_URL, (db) => run(db, command));

function run(db: Knex, chosen: Command): Promise<number> {
  if (chosen.verb === "list") return list(db, chosen.json);
  if (chosen.verb === "withdraw") return forEach(chosen.addresses, (email) => withdraw(db, email));
  return inviteAll(db, chosen);
}

/** Returns the exit code: 1 if one of the addresses was not invited. */
async function inviteAll(
  db: Knex,
  { addresses, language = brand.defaultLanguage }: Command & { verb: "invite" },
): Promise<number> {
  if (env.SIGNUPS === "closed") {
    process.stderr.write("SIGNUPS is closed: nobody could use an invitation, so none was made\n");
    return 1;
  }
  const assertMailable = createAssertMailable(env);
  return withoutRedis((jobs) =>
    forEach(addresses, async (email) => {
      await assertMailable(email);
      const id = await invite(
        { db, jobs, ttlHours: env.INVITATION_TTL_HOURS },
        { email, language },
      );
      return id === null
        ? { fault: "has an account already, so there is nothing to invite to" }
        : { done: "is invited; a worker sends the mail" };
    }),
  );
}

async function withdraw(db: Knex, email: string): Promise<Outcome> {
  const count = await transact(db, (tx) => withdrawInvitations(tx, email));
  return count > 0 ? { done: "is no longer invited" } : { fault: "has no open invitation" };
}

type Outcome = { done: string } | { fault: string };

/** Does it for each address, whatever becomes of the others. Returns 1 if one had a fault. */
async function forEach(
  addresses: string[],
  work: (email: string) => Promise<Outcome>,
): Promise<number> {
  let code = 0;
  for (const typed of addresses) {
    const outcome = await withAddress(typed, work);
    if ("fault" in outcome) code = 1;
    const [stream, text] =
      "fault" in outcome ? [process.stderr, outcome.fault] : [process.stdout, outcome.done];
    stream.write(`${typed}  ${text}\n`);
  }
  return code;
}

async function withAddress(
  typed: string,
  work: (email: string) => Promise<Outcome>,
): Promise<Outcome> {
  const parsed = z.safeParse(emailSchema, typed);
  if (!parsed.success) {
    return { fault: readFieldText(FIELD_TEXTS.en, parsed.error.issues[0]!.message) };
  }
  try {
    return await work(parsed.data);
  } catch (error) {
    if (isRefusal(error)) return { fault: error.message };
    throw error;
  }
}

async function list(db: Knex, json: boolean): Promise<number> {
  const invitations = await listInvitations(db);
  for (const invitation of invitations) {
    const { id, createdAt, email, language, state, expiresAt } = invitation;
    const until = state === "sent" ? `until ${expiresAt.toISOString()}` : "";
    const line = json
      ? JSON.stringify(invitation)
      : [id, createdAt.toISOString(), email, language, state, until].join("  ").trimEnd();
    process.stdout.write(`${line}\n`);
  }
  if (!json && invitations.length === 0) process.stdout.write("no invitation is open\n");
  return 0;
}
