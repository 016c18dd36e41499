import { foldAddress } from "../fold-address.ts";

/**
 * Maps spellings of an address to one mailbox. Case and anything after `+` are ignored, as are dots
 * at Google, the largest provider.
 */
export function toMailbox(email: string): string {
  const folded = foldAddress(email);
  const [, local, host] = /^([^+]+).*(@.*)$/.exec(folded) ?? [];
  if (local === undefined || host === undefined) return folded;
  const isGoogle = host === "@gmail.com" || host === "@googlemail.com";
  return isGoogle ? `${local.replaceAll(".", "")}@gmail.com` : local + host;
}
