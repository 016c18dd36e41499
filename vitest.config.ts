import { availableParallelism, loadavg } from "node:os";
import { defineConfig } from "vitest/config";

/** A machine that is busy already is left some room, or each test starves the others. */
const isBusy = loadavg()[0]! > 2 * availableParallelism();

const ANY = "{src,test,deploy,examples,scripts}/**/*";
const TESTS = "test.{ts,tsx}";

/**
 * Three tiers, by the files' names (CONTRIBUTING.md): *.unit.test.ts need no store; *.slow.test.ts are for
 * `npm run test:all` alone; all others use the stores that global-setup.ts starts.
 */
const tier = (name: string, include: string[], exclude: string[] = []) => ({
  extends: true as const,
  test: { name, include, exclude: ["**/node_modules/**", ...exclude] },
});

export default defineConfig({
  test: {
    projects: [
      tier("unit", [`${ANY}.unit.${TESTS}`]),
      ...[
        tier("stores", [`${ANY}.${TESTS}`], [`${ANY}.{unit,slow}.${TESTS}`]),
        tier("slow", [`${ANY}.slow.${TESTS}`]),
      ].map(({ test, ...rest }) => ({
        ...rest,
        test: { ...test, globalSetup: ["test/fixtures/global-setup.ts"] },
      })),
    ],
    // A slow and busy machine is no failure.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Most of a file's time goes into loading what it tests; the files of one worker share that.
    isolate: false,
    // Most tests wait for a deadline, a child process or a disk.
    maxWorkers: isBusy ? 2 : 5,
  },
});
