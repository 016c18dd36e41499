import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as z from "zod/mini";
import { createUserSchemaOf } from "../../src/shared/signup-schema.ts";
import { aPerson, USUAL_FORM } from "../../test/system/person.ts";
import { createClient, type ClientOptions } from "./create-client.ts";
import { EnlistError } from "./enlist-error.ts";
import type { SentRequest } from "./send.ts";
import type { Retry, SignUpOptions } from "./sign-up.ts";
import { MAX_TRIES } from "./wait-before-retry.ts";

const USER = { id: "1", username: "ada", fullName: "Ada", email: "a@example.com", createdAt: "" };

const json =
  (status: number, body: object, headers: Record<string, string> = {}) =>
  () =>
    Promise.resolve(Response.json(body, { status, headers }));
const refusal = (status: number, data: object) =>
  json(status, { error: { message: "No.", data: { httpStatus: status, ...data } } });

const success = json(200, { result: { data: { user: USER } } });
const unavailable = refusal(503, { code: "SERVICE_UNAVAILABLE" });
const noAnswer = () => Promise.reject(new TypeError("fetch failed"));
const brokenOff = () => {
  const start = (body: ReadableStreamDefaultController) => body.error(new TypeError("terminated"));
  return Promise.resolve(new Response(new ReadableStream({ start })));
};
const proxy =
  (status: number, headers: Record<string, string> = {}) =>
  () =>
    Promise.resolve(new Response("<h1>proxy</h1>", { status, headers }));
/** Like fetch when the server is silent. */
const silence = ({ signal }: SentRequest) =>
  new Promise<Response>((_, reject) =>
    signal.addEventListener("abort", () => reject(signal.reason as Error)),
  );

type Answer = (request: SentRequest) => Promise<Response>;

/** Signs up while the server gives these answers; the last one for ever. */
function signUpWith(answers: Answer[], options: SignUpOptions = {}, client: ClientOptions = {}) {
  const sent: { url: string; request: SentRequest; body: Record<string, string> }[] = [];
  const enlist = createClient({
    url: "https://enlist.example/",
    fetch: (url, request) => {
      const answer = answers[Math.min(sent.length, answers.length - 1)]!;
      sent.push({ url, request, body: JSON.parse(request.body ?? "{}") });
      return answer(request);
    },
    ...client,
  });
  const person = aPerson();
  const ended = enlist.signUp(person, options);
  ended.catch(() => {}); // It is awaited later.
  return { sent, person, ended, enlist };
}

const failure = (ended: Promise<unknown>) =>
  ended.then(
    () => expect.unreachable(),
    (error: unknown) => error as EnlistError,
  );

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("signUp", () => {
  it("sends the person with a requestId that the server accepts, and returns the user", async () => {
    const { sent, person, ended } = signUpWith([success]);
    expect(await ended).toEqual({ user: USER });
    expect(sent[0]!.url).toBe("https://enlist.example/api/trpc/createUser");
    expect(z.parse(createUserSchemaOf(USUAL_FORM), sent[0]!.body)).toMatchObject(person);
    expect(sent).toHaveLength(1);
  });

  it.each<[string, Answer]>([
    ["no answer", noAnswer],
    ["an answer that breaks off", brokenOff],
    ["silence", silence],
    ["503", unavailable],
    ["429", refusal(429, { code: "TOO_MANY_REQUESTS", retryAfterMs: 5000 })],
    ["a proxy's 502", proxy(502)],
    ["a proxy's 429", proxy(429)],
    ["a proxy's page", proxy(200)],
  ])("after %s, sends the same again", async (_, answer) => {
    const { sent, ended } = signUpWith([answer, answer, success]);
    await vi.advanceTimersByTimeAsync(100_000);
    expect(await ended).toEqual({ user: USER });
    expect(sent).toHaveLength(3);
    expect(new Set(sent.map(({ request }) => request.body)).size).toBe(1);
  });

  it.each<[string, Answer]>([
    ["BAD_REQUEST", refusal(400, { code: "BAD_REQUEST", fieldErrors: { email: ["Bad."] } })],
    ["CONFLICT", refusal(409, { code: "CONFLICT", field: "username" })],
    ["INTERNAL_SERVER_ERROR", refusal(500, { code: "INTERNAL_SERVER_ERROR" })],
    ["NOT_ENLIST", proxy(404)],
    ["NOT_ENLIST", proxy(308, { location: "https://elsewhere.example/" })],
  ])("after %s, does not send again", async (code, answer) => {
    const { sent, ended } = signUpWith([answer, success]);
    await vi.advanceTimersByTimeAsync(100_000);
    expect(await failure(ended)).toMatchObject({ code, requestId: sent[0]!.body.requestId });
    expect(sent).toHaveLength(1);
    expect(sent[0]!.request.redirect).toBe("manual");
  });

  it("has a new requestId for each sign-up, unless it is given one", async () => {
    const [first, second] = [signUpWith([success]), signUpWith([success])];
    await Promise.all([first.ended, second.ended]);
    expect(first.sent[0]!.body.requestId).not.toBe(second.sent[0]!.body.requestId);
    const requestId = "0b0f7a3e-7a44-4c5e-9f0e-3f5a1c2b4d6e";
    const third = signUpWith([noAnswer, success], { requestId });
    await vi.advanceTimersByTimeAsync(1000);
    await third.ended;
    expect(third.sent.map(({ body }) => body.requestId)).toEqual([requestId, requestId]);
  });

  it("throws the server's field errors, but not the input", async () => {
    const fieldErrors = { email: ["Bad."], password: ["Short."] };
    const { ended, person } = signUpWith([refusal(400, { code: "BAD_REQUEST", fieldErrors })]);
    const error = await failure(ended);
    expect(error).toBeInstanceOf(EnlistError);
    expect(error).toMatchObject({ message: "No.", fieldErrors, isTemporary: false });
    for (const value of Object.values(person)) expect(JSON.stringify(error)).not.toContain(value);
  });

  it("throws at once if the wait would be longer than its patience", async () => {
    const retryAfterMs = 3_600_000;
    const { sent, ended } = signUpWith([
      refusal(429, { code: "TOO_MANY_REQUESTS", retryAfterMs }),
      success,
    ]);
    expect(await failure(ended)).toMatchObject({ code: "TOO_MANY_REQUESTS", retryAfterMs });
    expect(sent).toHaveLength(1);
  });

  it("obeys a proxy's Retry-After", async () => {
    const { sent, ended } = signUpWith([proxy(503, { "retry-after": "30" }), success]);
    await vi.advanceTimersByTimeAsync(29_000);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1000);
    await ended;
  });

  it("gives up in the end, with the requestId for another try", async () => {
    const retries: Retry[] = [];
    const { sent, ended } = signUpWith([unavailable], { onRetry: (retry) => retries.push(retry) });
    await vi.advanceTimersByTimeAsync(80_000);
    const error = await failure(ended);
    expect(error).toMatchObject({ code: "SERVICE_UNAVAILABLE", isTemporary: true });
    expect(error.requestId).toBe(sent[0]!.body.requestId);
    expect(sent).toHaveLength(MAX_TRIES);
    expect(retries.map(({ tries }) => tries)).toEqual(retries.map((_, index) => index + 1));
    expect(retries[0]!.error.requestId).toBe(error.requestId);
  });

  it("starts no try after its patience, and waits for no answer beyond its timeout", async () => {
    const { sent, ended } = signUpWith([silence], { patienceMs: 5000 }, { timeoutMs: 3000 });
    await vi.advanceTimersByTimeAsync(9000);
    expect(await failure(ended)).toMatchObject({ code: "UNREACHABLE" });
    expect(sent).toHaveLength(2);
    const once = signUpWith([unavailable], { patienceMs: 0 });
    expect(await failure(once.ended)).toMatchObject({ code: "SERVICE_UNAVAILABLE" });
    expect(once.sent).toHaveLength(1);
  });

  it.each<[string, Answer]>([
    ["waits for an answer", silence],
    ["waits to send again", refusal(429, { code: "TOO_MANY_REQUESTS", retryAfterMs: 50_000 })],
  ])("stops on its signal while it %s", async (_, answer) => {
    const stop = new AbortController();
    const { sent, ended } = signUpWith([answer], { signal: stop.signal });
    await vi.advanceTimersByTimeAsync(100);
    const reason = new Error("left");
    stop.abort(reason);
    expect(await failure(ended)).toBe(reason);
    await vi.advanceTimersByTimeAsync(100_000);
    expect(sent).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("sends nothing if its signal has aborted", async () => {
    const { sent, ended } = signUpWith([success], { signal: AbortSignal.abort() });
    expect(await failure(ended)).toMatchObject({ name: "AbortError" });
    expect(sent).toEqual([]);
  });

  it("keeps the sign-up's cookie, and no other", async () => {
    const headers = new Headers([
      ["set-cookie", "lb=1; Path=/"],
      ["set-cookie", "__Host-enlist_signup=abc; Path=/; HttpOnly"],
    ]);
    const answer = async () =>
      new Response(JSON.stringify({ result: { data: { user: USER } } }), { headers });
    const { sent, ended, enlist } = signUpWith([answer]);
    await ended;
    expect(enlist.cookie).toBe("__Host-enlist_signup=abc");
    await enlist.verifyEmail({ code: "12345678" });
    expect(sent[1]!.request.headers.cookie).toBe(enlist.cookie);
  });
});

describe("createClient", () => {
  it.each([undefined, "", "accounts.example"])("names the missing URL: %s", (url) => {
    expect(() => createClient({ url })).toThrow(/needs the URL/);
  });
});
