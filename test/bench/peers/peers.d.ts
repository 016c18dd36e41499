// What is used of the peers, whose own types are there only once the bench has run.

declare module "pg-boss" {
  /** Where statements run, if not on pg-boss's own connections. */
  export interface Db {
    executeSql(text: string, values: unknown[]): Promise<{ rows: unknown[] }>;
  }
  export interface SendOptions {
    retryLimit: number;
    retryDelay: number;
    retryBackoff: boolean;
    db: Db;
  }
  export interface WorkOptions {
    batchSize: number;
    burstWhenBatchFull: boolean;
    pollingIntervalSeconds: number;
    localConcurrency: number;
  }
  export class PgBoss {
    constructor(options: { connectionString: string; supervise?: boolean; schedule?: boolean });
    on(event: "error", listener: () => void): this;
    start(): Promise<this>;
    createQueue(name: string): Promise<void>;
    send(name: string, data: object, options: SendOptions): Promise<string | null>;
    work(
      name: string,
      options: WorkOptions,
      handler: (jobs: { data: never }[]) => Promise<unknown>,
    ): Promise<string>;
  }
  /** The caller's transaction. */
  export function fromKnex(tx: object): Db;
}

declare module "graphile-worker" {
  export function runMigrations(options: { connectionString: string }): Promise<void>;
  export function run(options: {
    connectionString: string;
    noHandleSignals: boolean;
    taskList: Record<string, (payload: never) => Promise<unknown>>;
    preset: {
      worker: {
        concurrentJobs: number;
        localQueue: { size: number };
        completeJobBatchDelay: number;
        failJobBatchDelay: number;
      };
    };
  }): Promise<unknown>;
}
