import type { Statement } from "#src/tx-jobs/index.ts";

/**
 * Records that a mail went out, and returns the `seconds` since it was requested. The link's lifetime
 * starts now.
 * @param ttlHours hours until the link expires
 */
export function markSent(
  table: "email_verifications" | "invitations",
  id: string,
  ttlHours: number,
): Statement {
  return {
    name: `mark-sent-${table}`,
    text: `update ${table}
      set sent_at = coalesce(sent_at, now()),
          expires_at = coalesce(sent_at, now()) + make_interval(hours => $2::int)
      where id = $1::uuid
      returning extract(epoch from now() - created_at)::float8 as seconds`,
    values: [id, ttlHours],
  };
}
