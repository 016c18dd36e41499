import type { StatementFor } from "#src/tx-jobs/index.ts";

/**
 * Makes the statement that records that mails went out, by the ids of their rows. It returns the
 * `seconds` since each was requested. A link's lifetime starts now.
 * @param ttlHours hours until the link expires
 */
export function markSent(
  table: "email_verifications" | "invitations",
  ttlHours: number,
): StatementFor {
  return (ids) => ({
    name: `mark-sent-${table}`,
    text: `update ${table}
      set sent_at = coalesce(sent_at, now()),
          expires_at = coalesce(sent_at, now()) + make_interval(hours => $2::int)
      where id ${ids.length === 1 ? "= $1::uuid" : "= any ($1::uuid[])"}
      returning id as key, extract(epoch from now() - created_at)::float8 as seconds`,
    values: [ids.length === 1 ? ids[0] : ids, ttlHours],
  });
}
