// What is used of the peers, whose own types are there only once the bench has run.

declare module "pg-boss" {
  export interface SendOptions {
    retryLimit: number;
    retryDelay: number;
    retryBackoff: boolean;
    /** Runs the insert where the caller wants it: in a transaction. */
    db: { executeSql(text: string, values: unknown[]): Promise<{ rows: unknown[] }> };
  }
  export default class PgBoss {
    constructor(options: { connectionString: string; supervise: boolean; schedule: boolean });
    on(event: "error", listener: () => void): this;
    start(): Promise<this>;
    createQueue(name: string): Promise<void>;
    send(name: string, data: object, options: SendOptions): Promise<string | null>;
  }
}

declare module "graphile-worker" {
  export function runMigrations(options: { connectionString: string }): Promise<void>;
}
