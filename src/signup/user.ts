/** A user as the service works with it. */
export interface User {
  id: string;
  /** Null if the installation does not ask for it. */
  username: string | null;
  fullName: string | null;
  email: string;
  emailVerifiedAt: Date | null;
  createdAt: Date;
}

/** A row of the table `users`. */
export interface UserRow {
  id: string;
  username: string | null;
  full_name: string | null;
  email: string;
  /** What the mails are written in, as a BCP 47 tag. */
  language: string;
  password_hash: string;
  signup_request_id: string;
  verification_id: string;
  email_verified_at: Date | null;
  terms_version: string | null;
  terms_accepted_at: Date | null;
  /** What the adopter's own field was filled in with. */
  extra: Record<string, unknown> | null;
  /** Where the application wants this person back, and what it recognises them by. */
  return_to: string | null;
  return_state: string | null;
  created_at: Date;
}

/** The columns of a user. */
export const USER_COLUMNS = [
  "id",
  "username",
  "full_name",
  "email",
  "email_verified_at",
  "created_at",
] as const satisfies (keyof UserRow)[];

/** Converts a row. @param row at least the columns of a user */
export function toUser(row: Pick<UserRow, (typeof USER_COLUMNS)[number]>): User {
  return {
    id: row.id,
    username: row.username,
    fullName: row.full_name,
    email: row.email,
    emailVerifiedAt: row.email_verified_at,
    createdAt: row.created_at,
  };
}
