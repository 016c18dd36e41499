import { distance } from "fastest-levenshtein";
import { trimUnseen } from "#src/shared/trim-unseen.ts";

// Only long domains, whose neighbours belong to no one else. One letter away from me.com, aol.com
// or hotmail.fr there are other people's domains.
const DOMAINS = [
  "gmail.com",
  "yahoo.com",
  "icloud.com",
  "hotmail.com",
  "outlook.com",
  "comcast.net",
  "fastmail.com",
  "tutanota.com",
  "protonmail.com",
  "googlemail.com",
  "rocketmail.com",
  "btinternet.com",
];

/**
 * The address that was probably meant: one typing error away, at a large mail service. Only a
 * suggestion, because any address may be right.
 * @returns null without a suggestion
 */
export function suggestAddress(typed: string): string | null {
  const address = trimUnseen(typed);
  const at = address.lastIndexOf("@");
  if (at < 1) return null;
  const domain = address.slice(at + 1).toLowerCase();
  if (DOMAINS.includes(domain)) return null;
  const meant = DOMAINS.find((known) => isSlip(domain, known));
  return meant ? address.slice(0, at + 1) + meant : null;
}

/**
 * Whether this is a typing error of `meant`: one letter added, missing, wrong or swapped. The first
 * letter must match, because services differ there: ymail.com, email.com, mail.com.
 */
function isSlip(typed: string, meant: string): boolean {
  return typed[0] === meant[0] && (distance(typed, meant) === 1 || isSwap(typed, meant));
}

function isSwap(typed: string, meant: string): boolean {
  const at = Array.from(meant).findIndex((letter, index) => letter !== typed[index]);
  const [first = "", second = ""] = meant.slice(at, at + 2);
  return typed === meant.slice(0, at) + second + first + meant.slice(at + 2);
}
