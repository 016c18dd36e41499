// Entry point of the production build: node .next/standalone/enlist.js COMMAND
import { argv, env } from "node:process";

const COMMANDS: Record<string, () => Promise<unknown>> = {
  web: () => import("./web/main.ts"),
  worker: () => import("./worker/main.ts"),
  migrate: () => import("./migrate/main.ts"),
  audit: () => import("./audit/main.ts"),
  jobs: () => import("./jobs/main.ts"),
  user: () => import("./user/main.ts"),
  invite: () => import("./invite/main.ts"),
};

// Like Next's own server. It makes development secrets invalid.
Object.assign(env, { NODE_ENV: "production" });
// Removed, so that each command reads its arguments as if started directly.
const [command = ""] = argv.splice(2, 1);
const run = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
if (run) {
  await run();
} else {
  process.stderr.write(`enlist: use one of ${Object.keys(COMMANDS).join(", ")}\n`);
  process.exitCode = 2;
}
