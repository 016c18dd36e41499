import { describe, expect, it } from "vitest";
import { EnlistError, type KnownCode } from "./enlist-error.ts";
import { MAX_TRIES, waitBeforeRetry } from "./wait-before-retry.ts";

const LONG = 3_600_000;
const failed = (code: KnownCode, retryAfterMs?: number) =>
  new EnlistError(code, "No.", { retryAfterMs });

describe("a failed sign-up", () => {
  it.each(["UNREACHABLE", "SERVICE_UNAVAILABLE", "TOO_MANY_REQUESTS"] as const)(
    "is sent again after %s",
    (code) => {
      expect(waitBeforeRetry(failed(code), 1, LONG)).toBeGreaterThan(0);
    },
  );

  it.each([
    "BAD_REQUEST",
    "CONFLICT",
    "FORBIDDEN",
    "INTERNAL_SERVER_ERROR",
    "NOT_ENLIST",
    "NOT_FOUND",
    "PAYLOAD_TOO_LARGE",
    "PRECONDITION_FAILED",
    "UNAUTHORIZED",
  ] as const)("is not sent again after %s", (code) => {
    expect(waitBeforeRetry(failed(code), 1, LONG)).toBeUndefined();
  });

  it("waits twice as long each time, up to 8 seconds, and partly at random", () => {
    for (let tries = 1; tries < MAX_TRIES; tries++) {
      const most = Math.min(500 * 2 ** (tries - 1), 8000);
      const waits = Array.from({ length: 20 }, () =>
        waitBeforeRetry(failed("UNREACHABLE"), tries, LONG),
      );
      for (const wait of waits) {
        expect(wait).toBeGreaterThanOrEqual(most / 2);
        expect(wait).toBeLessThanOrEqual(most);
      }
      expect(new Set(waits).size).toBeGreaterThan(1);
    }
  });

  it("waits as long as the server asks, and no less than without that", () => {
    expect(waitBeforeRetry(failed("TOO_MANY_REQUESTS", 20_000), 1, LONG)).toBe(20_000);
    expect(waitBeforeRetry(failed("SERVICE_UNAVAILABLE", 1), 5, LONG)).toBeGreaterThan(1000);
  });

  it("is given up if the wait would be too long, or after enough tries", () => {
    expect(waitBeforeRetry(failed("TOO_MANY_REQUESTS", 60_001), 1, 60_000)).toBeUndefined();
    expect(waitBeforeRetry(failed("UNREACHABLE"), 1, 0)).toBeUndefined();
    expect(waitBeforeRetry(failed("UNREACHABLE"), MAX_TRIES, LONG)).toBeUndefined();
  });
});
