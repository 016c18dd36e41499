import { fileURLToPath } from "node:url";
import { HASH_OPTIONS } from "#src/signup/hash-password.ts";
import { freePort } from "../servers/ports.ts";
import { start, type Program } from "../servers/start.ts";
import type { ProcessEnv } from "../system/environment.ts";
import { aMail } from "./mail.ts";

const SCRIPT = fileURLToPath(new URL("better-auth.mjs", import.meta.url));

/** Starts Better Auth on a database of its own, with pools as large as Enlist's. */
export async function startBetterAuth(
  { DATABASE_URL, SMTP_URL }: ProcessEnv,
  { pool, connections }: { pool: number; connections: number },
): Promise<{ program: Program; url: string }> {
  const port = await freePort();
  const settings = {
    ...{ port, databaseUrl: DATABASE_URL, smtpUrl: SMTP_URL, pool, connections },
    ...{ hashOptions: HASH_OPTIONS, mail: aMail() },
  };
  const env = { NODE_ENV: "production" };
  const args = [SCRIPT, JSON.stringify(settings)];
  const program = start("Better Auth", process.execPath, args, { env });
  await program.said(/ready/);
  return { program, url: `http://localhost:${port}` };
}
