// What the production build runs: node .next/standalone/enlist.js, and one of these words.
import { argv, env } from "node:process";

const COMMANDS: Record<string, () => Promise<unknown>> = {
  web: () => import("./web/main.ts"),
  worker: () => import("./worker/main.ts"),
  migrate: () => import("./migrate/main.ts"),
  audit: () => import("./audit/main.ts"),
  jobs: () => import("./jobs/main.ts"),
};

// As Next's own server says of itself: secrets that are for development alone are refused.
Object.assign(env, { NODE_ENV: "production" });
// Taken out, so that the command reads what follows its name as it would without one.
const [command = ""] = argv.splice(2, 1);
const run = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
if (run) {
  await run();
} else {
  process.stderr.write(`enlist: say one of ${Object.keys(COMMANDS).join(", ")}\n`);
  process.exitCode = 2;
}
