import type { Knex } from "knex";

/** What the invitations add to an audit. */
interface InvitationAudit {
  /** When the oldest invitation that still waits for its mail was created; null if none waits. */
  oldestOwedAt: Date | null;
  contradictions: { id: string; what: string }[];
}

/**
 * Compares invitations and jobs: each must be mailed or used, or have a job that could still mail it,
 * or be for an address that has an account by now.
 */
export async function auditInvitations(db: Knex): Promise<InvitationAudit> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `select i.id, i.created_at, j.outcome, j.id is not null as has_job
     from invitations i left join tx_jobs j on j.id = i.id
     where i.sent_at is null and i.user_id is null
       and not exists (select from users u where lower(u.email) = lower(i.email)
                         and u.email_verified_at is not null)
     order by i.created_at, i.id`,
  );
  const owed = rows.filter(({ has_job, outcome }) => has_job && outcome === null);
  return {
    oldestOwedAt: owed[0]?.created_at ?? null,
    contradictions: rows.flatMap(({ id, has_job, outcome }) => {
      if (!has_job) return [{ id, what: "the invitation has no job to mail it" }];
      const isLost = outcome === "done";
      return isLost ? [{ id, what: "the invitation's job has ended without a mail" }] : [];
    }),
  };
}

interface Row {
  id: string;
  created_at: Date;
  /** How the job ended; null if it has not. */
  outcome: "done" | "failed" | null;
  has_job: boolean;
}
