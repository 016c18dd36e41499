/** Default ports of the servers that `npm run dev` starts. */
export const PORTS = { postgres: 54320, redis: 63790, smtp: 10250 };

/** Their addresses, as .env.example has them: each stands for "the embedded one". */
export const EMBEDDED = {
  DATABASE_URL: `postgres://enlist@127.0.0.1:${PORTS.postgres}/enlist`,
  REDIS_URL: `redis://127.0.0.1:${PORTS.redis}`,
  SMTP_URL: `smtp://127.0.0.1:${PORTS.smtp}`,
};
