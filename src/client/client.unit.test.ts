import { TRPCClientError } from "@trpc/client";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { pages } from "#src/texts/en/pages.tsx";
import { toFailure } from "./client.ts";
import { keepTexts } from "./texts.ts";

/** The client's error for this answer of the server. */
const answered = (message: string, data: Record<string, unknown>) =>
  TRPCClientError.from({ error: { message, code: -32000, data } });

beforeAll(() => {
  vi.stubGlobal("window", {});
  keepTexts({ language: "en", texts: pages });
});

describe("the page's message for a failed call", () => {
  it("passes on the server's message and fields", () => {
    const data = { code: "CONFLICT", field: "username" };
    expect(toFailure(answered("This username is taken.", data))).toEqual({
      code: "CONFLICT",
      message: "This username is taken.",
      field: "username",
      fieldErrors: {},
    });
  });

  it.each([
    [20_000, "20 seconds"],
    [1, "1 second"],
    [600_001, "11 minutes"],
  ])("says when to try again: after %s ms", (retryAfterMs, words) => {
    const { message } = toFailure(
      answered("Not yet.", { code: "TOO_MANY_REQUESTS", retryAfterMs }),
    );
    expect(message).toBe(`Not yet. Please wait ${words}, then try again.`);
  });

  it.each([
    new TypeError("Failed to fetch"),
    TRPCClientError.from(new Error("no JSON")),
    new DOMException("late", "TimeoutError"),
    undefined,
  ])("says that no answer came and a retry is safe: %s", (error) => {
    const failure = toFailure(error);
    expect(failure.code).toBe("UNREACHABLE");
    expect(failure.message).toMatch(/sending it twice is safe/);
  });
});
