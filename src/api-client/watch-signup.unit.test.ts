import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createClient } from "./create-client.ts";
import type { EnlistError } from "./enlist-error.ts";
import type { SignupStatus } from "./procedures.ts";

const event = (data: object, name?: string) =>
  `${name ? `event: ${name}\n` : ""}data: ${JSON.stringify(data)}\n\n\n`;
const status = (stage: SignupStatus["stage"]) => event({ stage, username: "ädä" });
const CONNECTED = event({ reconnectAfterInactivityMs: 40_000 }, "connected");
const PING = "event: ping\ndata: \n\n\n";

/** How a stream goes on after these bytes. */
type End = "ends" | "breaks" | "is silent";

const streams = { open: 0, cancelled: 0 };
const stream = (text: string, end: End, size = Infinity) => {
  const bytes = new TextEncoder().encode(text);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      streams.open++;
      for (let at = 0; at < bytes.length; at += size) {
        controller.enqueue(bytes.slice(at, at + size));
      }
      if (end === "ends") controller.close();
    },
    pull: (controller) =>
      end === "breaks" ? controller.error(new TypeError("terminated")) : undefined,
    cancel: () => void streams.cancelled++,
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
};

/** Follows a sign-up of which the server opens these streams, one after the other. */
function follow(answers: (() => Response)[]) {
  const seen: string[] = [];
  let opened = 0;
  const enlist = createClient({
    url: "https://enlist.example",
    async fetch(_, { signal }) {
      const answer = answers[Math.min(opened++, answers.length - 1)]!();
      // Like fetch, which ends the body with its signal.
      const body = answer.body && answer.body.pipeThrough(new TransformStream(), { signal });
      return new Response(body, answer);
    },
  });
  const ended = (async () => {
    for await (const { stage, username } of enlist.signupStatus())
      seen.push(`${username} ${stage}`);
  })();
  ended.catch(() => {}); // It is awaited later.
  return { seen, ended, opened: () => opened };
}

beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(streams, { open: 0, cancelled: 0 });
});
afterEach(() => void vi.useRealTimers());

describe("signupStatus", () => {
  it.each([1, 2, 3, 7, Infinity])("reads events in pieces of %s bytes", async (size) => {
    const text = CONNECTED + status("queued") + PING + status("sent") + status("verified");
    const { seen, ended } = follow([() => stream(text, "ends", size)]);
    await ended;
    expect(seen).toEqual(["ädä queued", "ädä sent", "ädä verified"]);
  });

  it.each<[End, number]>([
    ["ends", 3000],
    ["breaks", 3000],
    ["is silent", 43_000],
  ])("reopens the stream if it %s", async (end, ms) => {
    const { seen, ended, opened } = follow([
      () => stream(CONNECTED + status("queued"), end),
      () => Response.json({}, { status: 502 }),
      () => stream(CONNECTED + status("verified"), "is silent"),
    ]);
    await vi.advanceTimersByTimeAsync(ms + 3000);
    await ended;
    expect(seen).toEqual(["ädä queued", "ädä verified"]);
    expect(opened()).toBe(3);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("keeps a stream that pings", async () => {
    let pinging: ReadableStreamDefaultController<Uint8Array>;
    const { opened } = follow([
      () => {
        const start = (controller: typeof pinging) => void (pinging = controller);
        const headers = { "content-type": "text/event-stream" };
        return new Response(new ReadableStream({ start }), { headers });
      },
    ]);
    for (let seconds = 0; seconds < 300; seconds += 15) {
      await vi.advanceTimersByTimeAsync(15_000);
      pinging!.enqueue(new TextEncoder().encode(PING));
    }
    expect(opened()).toBe(1);
  });

  it("throws a refusal, at first or later", async () => {
    const error = { message: "Gone.", data: { code: "NOT_FOUND" } };
    const refusals = [
      () => Response.json({ error }, { status: 404 }),
      () => stream(CONNECTED + status("queued") + event(error, "serialized-error"), "is silent"),
    ];
    for (const refusal of refusals) {
      const { ended, opened } = follow([refusal]);
      const thrown = await ended.catch((reason: unknown) => reason as EnlistError);
      expect(thrown).toMatchObject({ name: "EnlistError", code: "NOT_FOUND", message: "Gone." });
      expect(opened()).toBe(1);
    }
  });

  it("closes the connection if the caller stops reading", async () => {
    const enlist = createClient({
      url: "https://enlist.example",
      fetch: async () => stream(CONNECTED + status("queued"), "is silent"),
    });
    for await (const _ of enlist.signupStatus()) break;
    expect(streams).toEqual({ open: 1, cancelled: 1 });
    expect(vi.getTimerCount()).toBe(0);
  });
});
