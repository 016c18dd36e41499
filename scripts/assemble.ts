// The second half of npm run build: completes .next/standalone, so that production needs only this
// folder. Next puts web there, but neither its static files nor the worker.
import { cpSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "./bundle.ts";

const ROOT = join(import.meta.dirname, "..");
const STANDALONE = join(ROOT, ".next", "standalone");

cpSync(join(ROOT, ".next", "static"), join(STANDALONE, ".next", "static"), { recursive: true });
// Next copies .env files, but a build must not contain secrets, which also go stale.
for (const name of readdirSync(STANDALONE))
  if (name.startsWith(".env")) rmSync(join(STANDALONE, name));
// The readiness check reads the migrations' names, and the worker the queue pages' files.
for (const folder of ["migrations", join("node_modules", "@bull-board", "ui")])
  cpSync(join(ROOT, folder), join(STANDALONE, folder), { recursive: true });
await bundle(STANDALONE);
