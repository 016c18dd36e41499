// Before npm run dev and npm run build: tells what is wrong in enlist.config.ts, one line per mistake.
import { findBrandFaults } from "#src/platform/brand.ts";

const faults = await import("#config").then(
  ({ default: config }: { default?: unknown }) =>
    config === undefined ? ["enlist.config.ts: has no default export"] : findBrandFaults(config),
  ({ message }: Error) => [`enlist.config.ts: ${message.split("\n", 1)[0]}`],
);
for (const fault of faults) process.stderr.write(`${fault}\n`);
if (faults.length > 0) process.exit(1);
