import { inviteJob } from "./invitation/invite-job.ts";
import { verifyEmailJob } from "./verify-email-job.ts";

/** The jobs that need the mail server. */
export const MAIL_JOBS = [verifyEmailJob.name, inviteJob.name];
