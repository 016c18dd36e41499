import config from "./vitest.config.ts";

/** `npm run test:scaling`: what takes longer than `npm test` has time for. */
export default {
  ...config,
  test: {
    ...config.test,
    include: ["test/scaling/**/*.test.ts"],
    exclude: [],
    testTimeout: 120_000,
  },
};
