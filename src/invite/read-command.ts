import { parseArgs } from "node:util";
import { closestLanguage } from "#src/shared/closest-language.ts";
import { LANGUAGE_TAGS, type Language } from "#src/shared/languages.ts";

export const USAGE = `npm run invite -- ADDRESS... [--language TAG]
npm run invite -- --list [--json]
npm run invite -- --withdraw ADDRESS...
  ADDRESS     who is invited by a mail; a new invitation takes the place of an earlier one
  --language  what the mail is written in: ${LANGUAGE_TAGS.join(", ")}
  --list      the invitations that nobody has used yet: one line each
  --withdraw  deletes them, so that their links no longer work
  --json      one JSON object per line`;

export type Command =
  | { verb: "invite"; addresses: string[]; language: Language | undefined }
  | { verb: "list"; json: boolean }
  | { verb: "withdraw"; addresses: string[] };

/**
 * Reads the arguments of `npm run invite`.
 * @throws {Error} that says in one line what is wrong with them
 */
export function readCommand(args: string[]): Command {
  const { values, positionals: addresses } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      language: { type: "string" },
      list: { type: "boolean", default: false },
      withdraw: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  const { list, withdraw, json, language: tag } = values;
  if (list && withdraw) throw new Error("use either --list or --withdraw.");
  if (json && !list) throw new Error("--json is for --list.");
  if (tag !== undefined && (list || withdraw)) throw new Error("--language is for an invitation.");
  if (list) {
    if (addresses.length > 0) throw new Error("--list takes no address.");
    return { verb: "list", json };
  }
  if (addresses.length === 0) throw new Error("name at least one address.");
  if (withdraw) return { verb: "withdraw", addresses };
  const language = tag === undefined ? undefined : closestLanguage([tag]);
  if (tag !== undefined && !language) {
    throw new Error(`--language must be one of ${LANGUAGE_TAGS.join(", ")}.`);
  }
  return { verb: "invite", addresses, language };
}
