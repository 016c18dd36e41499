import { getEventListeners } from "node:events";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createClient } from "./create-client.ts";
import type { SentRequest } from "./send.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const clientOf = (fetch: (url: string, request: SentRequest) => Promise<Response>) =>
  createClient({ url: "https://enlist.example", fetch });

it("reads by GET, and sends everything else by POST", async () => {
  const sent: unknown[] = [];
  const enlist = clientOf(async (url, { method, body }) => {
    sent.push([method, url.split("/").at(-1), body]);
    return Response.json({ result: { data: {} } });
  });
  await enlist.usernameAvailable({ username: "a&b" });
  await enlist.discardSignup({ token: "x" });
  await enlist.resendVerification();
  expect(sent).toEqual([
    ["GET", "usernameAvailable?input=%7B%22username%22%3A%22a%26b%22%7D", undefined],
    ["POST", "discardSignup", '{"token":"x"}'],
    ["POST", "resendVerification", "{}"],
  ]);
});

it("leaves no timer, and no listener on the caller's signal", async () => {
  const enlist = clientOf(async () => Response.json({ result: { data: {} } }));
  const { signal } = new AbortController();
  await enlist.inspectLink({ token: "x" }, { signal });
  expect(getEventListeners(signal, "abort")).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

it("rejects with the reason of the caller's signal", async () => {
  const stop = new AbortController();
  const enlist = clientOf(
    (_, { signal }) =>
      new Promise((_resolve, reject) =>
        signal.addEventListener("abort", () => reject(signal.reason as Error)),
      ),
  );
  const calling = enlist.inspectLink({ token: "x" }, { signal: stop.signal });
  const reason = new Error("left");
  stop.abort(reason);
  await expect(calling).rejects.toBe(reason);
});

it("sends once", async () => {
  const fetch = vi.fn<() => Promise<Response>>().mockRejectedValue(new TypeError("fetch failed"));
  await expect(clientOf(fetch).discardSignup({ token: "x" })).rejects.toMatchObject({
    code: "UNREACHABLE",
  });
  expect(fetch).toHaveBeenCalledTimes(1);
});
