// npm run web: the production build; npm run dev: the sources.
import { loadWebEnv, orExit } from "#src/platform/env.ts";
import { startWeb } from "./start.ts";

try {
  await startWeb(orExit(loadWebEnv));
} catch (error) {
  process.stderr.write(`web could not start: ${(error as Error).message}\n`);
  process.exit(1);
}
