import type { UserRow } from "./user.ts";

/** A verified user, as the application gets it by an event or for a code. Times are ISO 8601. */
export interface ApplicationUser {
  id: string;
  /** Null if the installation does not ask for it. */
  username: string | null;
  fullName: string | null;
  email: string;
  /** What the person signed up in, as a BCP 47 tag. */
  language: string;
  /** The terms that the person accepted; null if there was nothing to accept. */
  terms: { version: string; acceptedAt: string } | null;
  /** What the adopter's own field was filled in with, by its name. */
  extra: Record<string, unknown> | null;
  emailVerifiedAt: string;
  createdAt: string;
}

/** The columns that it is made of. */
export const APPLICATION_USER = [
  "id",
  "username",
  "full_name",
  "email",
  "language",
  "terms_version",
  "terms_accepted_at",
  "extra",
  "email_verified_at",
  "created_at",
] as const satisfies (keyof UserRow)[];

/** Describes a user to the application. @param row of a verified user */
export function toApplicationUser(
  row: Pick<UserRow, (typeof APPLICATION_USER)[number]> & { email_verified_at: Date },
): ApplicationUser {
  return {
    id: row.id,
    username: row.username,
    fullName: row.full_name,
    email: row.email,
    language: row.language,
    terms:
      row.terms_version !== null && row.terms_accepted_at
        ? { version: row.terms_version, acceptedAt: row.terms_accepted_at.toISOString() }
        : null,
    extra: row.extra,
    emailVerifiedAt: row.email_verified_at.toISOString(),
    createdAt: row.created_at.toISOString(),
  };
}
