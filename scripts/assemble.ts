// The second half of npm run build: makes .next/standalone whole, so that this one folder is all
// that production needs. Next puts web there; its static files, and the worker, it leaves out.
import { cpSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "./bundle.ts";

const ROOT = join(import.meta.dirname, "..");
const STANDALONE = join(ROOT, ".next", "standalone");

cpSync(join(ROOT, ".next", "static"), join(STANDALONE, ".next", "static"), { recursive: true });
// Next has copied what it found; secrets have no place in a build, and go stale there.
for (const name of readdirSync(STANDALONE))
  if (name.startsWith(".env")) rmSync(join(STANDALONE, name));
// The queues' pages are files that the worker looks up as it runs.
const board = join("node_modules", "@bull-board", "ui");
cpSync(join(ROOT, board), join(STANDALONE, board), { recursive: true });
await bundle(STANDALONE);
