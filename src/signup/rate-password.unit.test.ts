import { describe, it } from "vitest";
import { expectSame, withOwnMatchers, withWholeSearch } from "#test/fixtures/compare-ratings.ts";

describe("the rating of a password", () => {
  it("is zxcvbn's, with its whole search", () =>
    expectSame(withWholeSearch(), { seed: 1, numRuns: 1000 }));

  it("is zxcvbn's, with its own matchers, where only letters and words count", () =>
    expectSame(withOwnMatchers(), { seed: 1, numRuns: 500 }));
});
