import type { Knex } from "knex";

/** An invitation that nobody will mail, and why. */
interface LostInvitation {
  id: string;
  what: string;
}

/** The invitations that are neither mailed nor used, and have no job that could still mail them. */
export async function findLostInvitations(db: Knex): Promise<LostInvitation[]> {
  const { rows } = await db.raw<{ rows: LostInvitation[] }>(
    `select i.id, case when j.id is null then 'the invitation has no job to mail it'
                       else 'the invitation''s job has ended without a mail' end as what
     from invitations i left join tx_jobs j on j.id = i.id
     where i.sent_at is null and i.user_id is null
       and (j.id is null or j.outcome = 'done')
     order by i.id`,
  );
  return rows;
}
