export { fromDrizzle, type DrizzleLike, type DrizzleSql } from "./adapters/from-drizzle.ts";
export { fromKnex, type KnexLike } from "./adapters/from-knex.ts";
export { fromKysely, type KyselyLike } from "./adapters/from-kysely.ts";
export { fromPg, type PgLike } from "./adapters/from-pg.ts";
export { fromPrisma, type PrismaLike } from "./adapters/from-prisma.ts";
export { fromTypeorm, type TypeormLike } from "./adapters/from-typeorm.ts";
export type { Connection, Statement } from "./connection.ts";
export {
  createJobs,
  type EnqueueEvent,
  type Jobs,
  type JobsOptions,
  type PreparedJob,
} from "./create-jobs.ts";
export { checkTable, CREATE_TABLE, DROP_TABLE } from "./create-table.ts";
export { defineJob, type Backoff, type JobDefinition } from "./define-job.ts";
export {
  EnqueueError,
  InvalidJob,
  isEnqueueError,
  LeaseLost,
  NonRetryable,
  NotInTransaction,
  RetryLater,
  SchemaError,
  Interrupted,
  Unavailable,
} from "./errors.ts";
export type { WorkerEvent } from "./events.ts";
export { handle, type Handler, type Handling, type Job } from "./handle.ts";
export { openQueue, type QueueSettings } from "./message.ts";
export type { EnqueueOptions } from "./prepare-row.ts";
export { pruneJobs } from "./prune-jobs.ts";
export {
  countJobs,
  isUnavailable,
  JOB_STATE,
  listJobs,
  UNAVAILABLE,
  type JobCount,
  type JobFilter,
  type JobRecord,
  type JobState,
} from "./read-jobs.ts";
export type { Keyed, StatementFor } from "./record.ts";
export { retryJobs } from "./retry-jobs.ts";
export { resolveInDoubt, type Witness } from "./resolve-in-doubt.ts";
export { startWorker } from "./start-worker.ts";
export { together } from "./together.ts";
export type { RunningWorker, WorkerHealth, WorkerOptions } from "./worker-options.ts";
