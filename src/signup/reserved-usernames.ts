import type { Env } from "#src/platform/env.ts";
import { SERVICE_WORDS } from "#src/shared/service-name.ts";

/** Names that could impersonate the service, or are paths of it. They are reserved by default. */
const BUILT_IN = [
  ...SERVICE_WORDS,
  // Mailboxes of RFC 2142, and those that certificate authorities use.
  "info marketing sales support abuse noc security postmaster hostmaster usenet news webmaster",
  "www uucp ftp admin administrator ssladmin",
  // The people who run it, or seem to.
  "root system sysadmin superuser superadmin operator owner moderator mod staff team official",
  "bot daemon mailerdaemon nobody noreply donotreply service helpdesk help contact feedback",
  "billing payment payments accounting legal privacy compliance press",
  // Words for nobody, or for everyone.
  "anonymous guest user users username account accounts everyone everybody self you null undefined",
  // Paths, here and in the application behind it.
  "signup signin signout register login logout join invite verify verification confirm password",
  "reset recovery auth oauth oidc sso session sessions api trpc health ready metrics status ledger",
  "jobs queues app home index about terms imprint settings profile dashboard console docs blog",
  "static assets public favicon robots sitemap wellknown",
  // Hosts that software looks up automatically.
  "localhost localdomain mail email smtp imap pop3 dns autoconfig autodiscover wpad isatap",
].flatMap((names) => names.split(" "));

/**
 * The usernames that cannot be taken, folded for {@link isReservedUsername}. These are the built-in
 * ones and the parts of the host's name, minus those the operator frees, plus those the operator
 * adds.
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

/** Whether this username cannot be taken. */
export function isReservedUsername(reserved: ReadonlySet<string>, username: string): boolean {
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

/** Maps look-alikes to one name: drops underscores, and replaces digits that resemble letters. */
function fold(name: string): string {
  return name.replaceAll("_", "").replaceAll(/[01i3457]/g, (character) => LOOKS_LIKE[character]!);
}
