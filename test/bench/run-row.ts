// Measures one row in a process of its own, so that no row finds the heap of another. Its standard
// output takes the log of the product's parts; the result goes to main.ts as a message.
import type { Bench, Measure } from "./row.ts";

process.on("disconnect", () => process.exit(1));
const [file, signups, servers] = process.argv.slice(2);
const { measure } = (await import(`./rows/${file}.ts`)) as { measure: Measure };
const bench: Bench = {
  env: Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  ),
  servers: JSON.parse(servers!) as Bench["servers"],
  signups: Number(signups),
  say: (text) => process.send!({ say: text }),
};
try {
  process.send!({ lines: await measure(bench) }, () => process.exit(0));
} catch (error) {
  process.send!(
    { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) },
    () => process.exit(1),
  );
}
