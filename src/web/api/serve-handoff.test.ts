import { afterEach, describe, expect, it } from "vitest";
import { createDb } from "#src/platform/db.ts";
import { testDatabase } from "#test/fixtures/database.ts";
import { testServices } from "#test/fixtures/services.ts";
import { aUser } from "#test/fixtures/user.ts";
import { CLIENT_ADDRESS } from "#src/platform/client-address.ts";
import { hashCode } from "#src/signup/return/hand-off.ts";
import { createLog } from "#src/platform/log.ts";
import { createAnswerCheck } from "#test/system/check-answer.ts";
import { describeApi } from "../openapi/describe-api.ts";
import { HANDOFF, serveHandoff } from "./serve-handoff.ts";

const database = await testDatabase();
const { db } = database;
const [NEW, OLD] = ["the-new-secret-of-32-characters.", "the-old-secret-of-32-characters."];
const overrides = { RETURN_URL: "https://app.example", HANDOFF_SECRET: `${NEW},${OLD}` };
const services = await testServices(database, overrides);

let clients = 0;
interface Options {
  method?: string;
  token?: string | null;
  headers?: Record<string, string>;
  client?: string;
  on?: typeof services;
}

const check = createAnswerCheck(describeApi(services.env));

/** Sends a request, and sees that the answer is as the OpenAPI document describes it. */
async function swap(
  body: unknown,
  { method = "POST", token = NEW, headers, client, on = services }: Options = {},
) {
  const request = new Request("http://enlist/api/handoff", {
    method,
    headers: {
      "content-type": "application/json",
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      [CLIENT_ADDRESS]: client ?? `198.51.100.${++clients}`,
      ...headers,
    },
    ...(method === "POST" ? { body: typeof body === "string" ? body : JSON.stringify(body) } : {}),
  });
  const answer = await serveHandoff(request, on);
  const { status } = answer;
  // The guards add the id.
  const received = { ...Object.fromEntries(answer.headers), "x-request-id": "any" };
  const text = await answer.clone().text();
  const wrong = check({ method, path: HANDOFF, status, headers: received, body: text });
  expect(wrong).toEqual(method === "POST" ? [] : "undescribed");
  return answer;
}

let codes = 0;
async function aCode(): Promise<{ code: string; id: string }> {
  const user = await aUser(db);
  await db("users").where({ id: user.id }).update({ email_verified_at: db.fn.now() });
  const code = `code-${++codes}`;
  await db("handoff_codes").insert({
    code_hash: hashCode(code),
    user_id: user.id,
    expires_at: db.raw("now() + interval '1 minute'"),
  });
  return { code, id: user.id };
}

const lines: string[] = [];
afterEach(() => void (lines.length = 0));

describe("POST /api/handoff", () => {
  it.each([NEW, OLD])("swaps a code for the user, with each secret: %s", async (token) => {
    const { code, id } = await aCode();
    const answer = await swap({ code }, { token });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toMatch(/no-store/);
    const { user } = await answer.json();
    expect(Object.keys(user)).toEqual([
      "id",
      "username",
      "fullName",
      "email",
      "language",
      "terms",
      "extra",
      "emailVerifiedAt",
      "createdAt",
    ]);
    expect(user.id).toBe(id);
    const again = await swap({ code }, { token });
    expect([again.status, (await again.json()).error]).toEqual([400, "invalid_grant"]);
  });

  it.each([
    ["another", "the-odd-secret-of-32-characters."],
    ["both", `${NEW},${OLD}`],
    ["a part", NEW.slice(0, -1)],
    ["none", null],
    ["nothing", ""],
  ])("refuses %s as the secret, and the code stays valid", async (_, token) => {
    const { code } = await aCode();
    const answer = await swap({ code }, { token });
    expect([answer.status, (await answer.json()).error]).toEqual([401, "invalid_client"]);
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    expect((await swap({ code })).status).toBe(200);
  });

  it("refuses the secret in another scheme", async () => {
    const { code } = await aCode();
    for (const authorization of [NEW, `Basic ${NEW}`, `Bearer  ${NEW} x`]) {
      expect((await swap({ code }, { token: null, headers: { authorization } })).status).toBe(401);
    }
  });

  it("limits wrong secrets per client, and never refuses the right one", async () => {
    const { code } = await aCode();
    const client = "203.0.113.7";
    for (let n = 0; n < 10; n++) {
      expect((await swap({ code }, { client, token: "wrong" })).status).toBe(401);
    }
    const refused = await swap({ code }, { client, token: "wrong" });
    expect([refused.status, (await refused.json()).error]).toEqual([429, "slow_down"]);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await swap({ code }, { client })).status).toBe(200);
  });

  it.each([
    [null, /^Send HANDOFF_SECRET as `Authorization: Bearer …`\.$/],
    ["wrong", /^The bearer token is not HANDOFF_SECRET\.$/],
  ])("says what to do about the secret %j", async (token, words) => {
    const answer = await swap({ code: "x" }, { token });
    expect((await answer.json()).error_description).toMatch(words);
  });

  it.each([
    ["no JSON", "{"],
    ["no object", "7"],
    ["null", "null"],
    ["no code", {}],
    ["an empty code", { code: "" }],
    ["a code of another type", { code: 7 }],
    ["a huge code", { code: "x".repeat(201) }],
    ["a state of another type", { code: "x", state: 7 }],
    ["nothing", ""],
  ])("refuses %s", async (_, body) => {
    const answer = await swap(body);
    expect([answer.status, (await answer.json()).error]).toEqual([400, "invalid_request"]);
  });

  it.each([
    [415, { headers: { "content-type": "application/x-www-form-urlencoded" } }],
    [415, { headers: { "content-encoding": "gzip" } }],
    [405, { method: "GET" }],
    [405, { method: "HEAD" }],
  ])("answers %i to %j", async (status, options) => {
    expect((await swap({ code: "x" }, options)).status).toBe(status);
  });

  it("refuses a body over 100 kB", async () => {
    expect((await swap({ code: "x".repeat(100_001) })).status).toBe(413);
  });

  it("answers 404 without HANDOFF_SECRET", async () => {
    const { code } = await aCode();
    const on = await testServices(database, { RETURN_URL: "https://app.example" });
    const answer = await swap({ code }, { on });
    expect(answer.status).toBe(404);
    expect((await answer.json()).error_description).toMatch(/HANDOFF_SECRET/);
  });

  it("answers 503 while PostgreSQL is unavailable", async () => {
    const lost = createDb({ url: "postgres://127.0.0.1:1/none", pool: 1 });
    const answer = await swap({ code: "x" }, { on: { ...services, db: lost } });
    expect([answer.status, (await answer.json()).error]).toEqual([503, "temporarily_unavailable"]);
    await lost.destroy();
  });

  it("logs what was refused and who was handed off, without code, secret or person", async () => {
    const log = createLog("test", "info", { write: (line: string) => void lines.push(line) });
    const on = { ...services, log };
    const { code, id } = await aCode();
    const ofAnother = await aCode();
    await swap({ code }, { on, token: "a-wrong-secret" });
    await swap({ code }, { on, token: null });
    await swap({ code: "an unknown code" }, { on });
    await swap({ ...ofAnother, state: "mine" }, { on });
    await swap({ code }, { on });
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual([
      "hand-off refused: wrong secret",
      "hand-off refused: no secret",
      "hand-off refused: unknown or used code",
      "hand-off refused: code of another state",
      "user handed off",
    ]);
    expect(lines.at(-1)).toContain(id);
    const all = lines.join("");
    for (const secret of [code, NEW, "a-wrong-secret", "an unknown code", "@example.com", "ada_"]) {
      expect(all).not.toContain(secret);
    }
  });
});
