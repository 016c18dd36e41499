// What many would pick instead: Better Auth, as its documentation has it, in one process. It hashes
// as Enlist does, and mails through a pool of as many connections, without waiting for it.
//   node better-auth.mjs '{"port": …}'
import { createServer } from "node:http";
import { hash } from "@node-rs/argon2";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { toNodeHandler } from "better-auth/node";
import { createTransport } from "nodemailer";
import pg from "pg";

const { port, databaseUrl, smtpUrl, pool, connections, hashOptions, mail } = JSON.parse(
  process.argv[2],
);
const transport = createTransport({
  url: smtpUrl,
  pool: true,
  maxConnections: connections,
  maxMessages: Infinity,
});
const auth = betterAuth({
  baseURL: `http://localhost:${port}`,
  secret: "a secret for the bench that is long enough",
  database: new pg.Pool({ connectionString: databaseUrl, max: pool }),
  emailAndPassword: {
    enabled: true,
    requireEmailVerification: true,
    password: { hash: (password) => hash(password, hashOptions) },
  },
  emailVerification: {
    sendOnSignUp: true,
    async sendVerificationEmail({ user, url }) {
      void transport.sendMail({
        ...mail,
        to: user.email,
        text: `${url}\n${mail.text}`,
        html: `<a href="${url}">Verify</a>${mail.html}`,
      });
    },
  },
  // It counts, as Enlist does, but everybody is one client.
  rateLimit: {
    enabled: true,
    max: 1_000_000,
    customRules: { "/sign-up/email": { window: 3600, max: 1_000_000 } },
  },
  telemetry: { enabled: false },
  logger: { level: "error" },
});
await (await getMigrations(auth.options)).runMigrations();
const server = createServer(toNodeHandler(auth));
server.listen(port, "127.0.0.1", () => process.stdout.write("ready\n"));
process.once("SIGTERM", () => process.exit(0));
