import { brand } from "#src/platform/brand.ts";
/** The environment of a process: what web, worker and migrations read their settings from. */
export type ProcessEnv = Record<string, string>;

/** Where the servers of a system are. */
export interface Servers {
  DATABASE_URL: string;
  REDIS_URL: string;
  SMTP_URL: string;
  APP_URL: string;
}

/** For tests in which everyone comes from one address, and several workers run on one machine. */
export const CROWD: ProcessEnv = { RATE_LIMITS: "off", WORKER_PORT: "0" };

/** The environment of a system: this is the one place that writes it out. */
export function environment(servers: Servers, overrides: ProcessEnv = {}): ProcessEnv {
  return {
    MAIL_FROM: brand.sender ?? "Enlist <no-reply@enlist.example>",
    APP_SECRET: "a secret for the tests that is long enough",
    CHECK_MAIL_DOMAINS: "reserved", // Everyone is at example.com, which takes no mail.
    ...servers,
    ...overrides,
  };
}
