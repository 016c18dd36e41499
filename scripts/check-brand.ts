// Before npm run dev and npm run build: tells what is wrong in enlist.config.ts, one line per mistake.
import type { BrandConfig } from "#src/shared/brand-config.ts";

/** In one line, although a compiler says in its first one only that it failed. */
function inOneLine({ message }: Error): string {
  return message.split("\n").slice(0, 2).join(" ").replace(/\s+/g, " ").trim();
}

const faults = await import("#config").then(
  async ({ default: config }: { default?: BrandConfig }) => {
    if (!config) return ["enlist.config.ts: has no default export"];
    // It reads the file as well, so load it only now.
    const { findBrandFaults } = await import("#src/platform/brand.ts");
    return findBrandFaults(config);
  },
  (error: Error) => [`enlist.config.ts: ${inOneLine(error)}`],
);
for (const fault of faults) process.stderr.write(`${fault}\n`);
if (faults.length > 0) process.exit(1);
