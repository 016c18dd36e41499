import { describe, it } from "vitest";
import { expectSame, withOwnMatchers, withWholeSearch } from "#test/fixtures/compare-ratings.ts";

describe("the rating of any password", () => {
  it("is zxcvbn's, with its whole search", () =>
    expectSame(withWholeSearch(), { numRuns: 20_000 }));

  it("is zxcvbn's, with its own matchers, where only letters and words count", () =>
    expectSame(withOwnMatchers(), { numRuns: 5000 }));
});
