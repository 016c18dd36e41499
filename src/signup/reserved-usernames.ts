import type { Env } from "#src/platform/env.ts";
import { SERVICE_NAME } from "#src/shared/service-name.ts";

/** What would speak for the service, or lead to a page of it, and is nobody's by default. */
const BUILT_IN = [
  SERVICE_NAME,
  // RFC 2142: the mailboxes of a domain; and those that certificate authorities write to.
  "info marketing sales support abuse noc security postmaster hostmaster usenet news webmaster",
  "www uucp ftp admin administrator ssladmin",
  // Who runs it, or seems to.
  "root system sysadmin superuser superadmin operator owner moderator mod staff team official",
  "bot daemon mailerdaemon nobody noreply donotreply service helpdesk help contact feedback",
  "billing payment payments accounting legal privacy compliance press",
  // What stands for nobody, or for everyone.
  "anonymous guest user users username account accounts everyone everybody self you null undefined",
  // Paths, here and in the application behind.
  "signup signin signout register login logout join invite verify verification confirm password",
  "reset recovery auth oauth oidc sso session sessions api trpc health ready metrics status ledger",
  "jobs queues app home index about terms imprint settings profile dashboard console docs blog",
  "static assets public favicon robots sitemap wellknown",
  // Hosts that machines ask for by themselves.
  "localhost localdomain mail email smtp imap pop3 dns autoconfig autodiscover wpad isatap",
].flatMap((names) => names.split(" "));

/**
 * The usernames that nobody can take, as {@link isReserved} compares them: the built-in ones and each
 * part of the host's name, but for what the operator frees; and what the operator adds.
 */
export function reservedUsernames(
  env: Pick<Env, "RESERVED_USERNAMES" | "APP_URL">,
): ReadonlySet<string> {
  const items = env.RESERVED_USERNAMES.split(",").map((item) => item.trim());
  const [freeing, adding] = [/^-/, /^[^-]/].map((kind) => items.filter((item) => kind.test(item)));
  const freed = new Set(freeing!.map((item) => fold(item.slice(1))));
  const builtIn = [...BUILT_IN, ...new URL(env.APP_URL).hostname.split(".")].map(fold);
  const kept = builtIn.filter((name) => !freed.has("*") && !freed.has(name));
  return new Set([...kept, ...adding!.map(fold)]);
}

/** Whether nobody can take this username. */
export function isReserved(reserved: ReadonlySet<string>, username: string): boolean {
  return reserved.has(fold(username));
}

const LOOKS_LIKE: Record<string, string> = {
  0: "o",
  1: "l",
  i: "l",
  3: "e",
  4: "a",
  5: "s",
  7: "t",
};

/** What looks alike is one: without underscores, and with letters for the digits that pass for them. */
function fold(name: string): string {
  return name.replaceAll("_", "").replaceAll(/[01i3457]/g, (character) => LOOKS_LIKE[character]!);
}
