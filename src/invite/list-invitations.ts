import type { Knex } from "knex";

/** An invitation that nobody has used. */
export interface OpenInvitation {
  id: string;
  email: string;
  language: string;
  state: "mail waiting" | "not mailed" | "sent" | "expired";
  createdAt: Date;
  expiresAt: Date;
}

/** The invitations that nobody has used yet, the oldest first. */
export async function listInvitations(db: Knex): Promise<OpenInvitation[]> {
  const { rows } = await db.raw<{ rows: OpenInvitation[] }>(
    `select i.id, i.email, i.language,
            case when i.sent_at is null and j.id is not null and j.outcome is null
                   then 'mail waiting'
                 when i.sent_at is null then 'not mailed'
                 when i.expires_at <= now() then 'expired'
                 else 'sent' end as state,
            i.created_at as "createdAt", i.expires_at as "expiresAt"
     from invitations i left join tx_jobs j on j.id = i.id
     where i.user_id is null order by i.created_at, i.id`,
  );
  return rows;
}
