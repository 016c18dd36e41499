import { describe, expect, it } from "vitest";
import { testDatabase } from "#src/testing/database.ts";
import { testServices, whenReady } from "#src/testing/services.ts";
import { aSignup } from "#src/testing/signup.ts";
import { createDb } from "../db.ts";
import { appRouter } from "./router.ts";
import { serve } from "./serve.ts";

const database = await testDatabase();
const services = await testServices(database);
await whenReady(services);

interface Answer {
  status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- whatever JSON came
  body: any;
  headers: Headers;
}

/** @param type null for none; of a text it would be text/plain even so */
async function post(
  path: string,
  body: BodyInit,
  type: string | null = "application/json",
): Promise<Answer> {
  const headers: Record<string, string> = type === null ? {} : { "content-type": type };
  // Without `duplex` Node refuses a body that is a stream.
  const init = { method: "POST", headers, body, duplex: "half" };
  const request = new Request(`http://localhost:3000/api/trpc/${path}`, init);
  const response = await serve(request, services);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text && JSON.parse(text) };
}

const UNKNOWN = "0198c5a2-7d3e-7b41-9f60-5c2a8e14d7b3";

const send = (input: unknown) => post("createUser", JSON.stringify(input));
const verify = (input: unknown) => post("verifyEmail", JSON.stringify(input));
const users = async () => Number((await database.db("users").count())[0]?.count);

/** Expects a refusal that leaves no row and gives away nothing of the inside. */
async function expectRefused(answer: Promise<Answer>, status: number): Promise<Answer["body"]> {
  const before = await users();
  const { body, ...got } = await answer;
  expect(got.status).toBe(status);
  expect(await users()).toBe(before);
  expect(JSON.stringify(body)).not.toMatch(/stack|insert into|select |node_modules|\.ts:/i);
  return body;
}

describe("the API over HTTP", () => {
  it("signs up, in plain JSON, as the design says", async () => {
    const { password: _, requestId: __, ...shown } = aSignup();
    const input = { ...aSignup(), ...shown };
    const { status, body, headers } = await send(input);
    expect(status).toBe(200);
    expect(body.result.data).toEqual({
      user: {
        ...shown,
        id: expect.stringMatching(/^[\da-f-]{36}$/),
        createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    });
    expect(headers.get("content-type")).toMatch(/^application\/json/);
    expect(headers.get("set-cookie")).toContain("enlist_signup=");
    expect(headers.get("cache-control")).toBe("no-store, no-transform");
  });

  it("keeps what would be SQL as it was typed, where a name or an address may hold it", async () => {
    const { username } = aSignup();
    const typed = { fullName: "Robert'), ('x", email: `${username}'--@example.com` };
    const { body } = await send(aSignup({ username, ...typed }));
    expect(body.result.data.user).toMatchObject(typed);
    const row = await database.db("users").where({ username }).first();
    expect(row).toMatchObject({ full_name: typed.fullName, email: typed.email });
  });

  it("takes the fields that it names, and no more", async () => {
    const { username } = aSignup();
    const more = { id: UNKNOWN, email_verified_at: "2026-01-01", emailVerifiedAt: "2026-01-01" };
    const { body } = await send({ ...aSignup({ username }), ...more, verificationId: UNKNOWN });
    const row = await database.db("users").where({ username }).first();
    expect(row).toMatchObject({ id: body.result.data.user.id, email_verified_at: null });
    expect(JSON.stringify(row)).not.toContain(UNKNOWN);
  });

  it.each([
    ["username", "zarquon"],
    ["fullName", "Zarquon"],
    ["email", "zarquon@example.com"],
  ])("weighs a password against the %s", async (field, value) => {
    const password = "zarquon-2026";
    const body = await expectRefused(send(aSignup({ [field]: value, password })), 400);
    expect(body.error.data.field).toBe("password");
    expect((await send(aSignup({ password }))).status).toBe(200);
  });

  it("shows names of any script and addresses of any case as they were typed", async () => {
    const { username } = aSignup();
    const typed = { fullName: "Ὀδυσσεύς 山田 O’Brien", email: `${username}+Tag@Example.COM` };
    const { body } = await send(aSignup({ username, ...typed }));
    expect(body.result.data.user).toMatchObject(typed);
  });

  it("names all fields at once, the guessable password included", async () => {
    const body = await expectRefused(
      send({ username: "A", fullName: "", email: "x", password: "password", requestId: 1 }),
      400,
    );
    expect(body.error.data.code).toBe("BAD_REQUEST");
    expect(Object.keys(body.error.data.fieldErrors).toSorted()).toEqual([
      "email",
      "fullName",
      "password",
      "requestId",
      "username",
    ]);
    expect(body.error.data.field).toBeUndefined();
  });

  it.each([
    ["username", "Robert'); DROP TABLE users; --"],
    ["fullName", "<script>alert(1)</script>"],
    ["email", "a\u0000@example.com"],
    ["password", "abc\ud800defgh"],
    ["password", "x".repeat(50_000)],
    ["password", "password1234"],
    ["password", "𝓹𝓪𝓼𝓼𝔀𝓸𝓻𝓭"],
    ["requestId", { $ne: null }],
  ])("blames %s for %j", async (field, value) => {
    const body = await expectRefused(send({ ...aSignup(), [field]: value }), 400);
    expect(body.error.data).toMatchObject({
      field,
      fieldErrors: { [field]: [expect.any(String)] },
    });
  });

  it("says CONFLICT and names the field for a username that is taken", async () => {
    const { username } = aSignup();
    await send(aSignup({ username }));
    const body = await expectRefused(send(aSignup({ username })), 409);
    expect(body.error).toMatchObject({
      message: expect.stringContaining("taken"),
      data: { code: "CONFLICT", field: "username" },
    });
  });

  it.each(["trpc-accept", "accept"])(
    "sets the cookie also for a streamed batch, by %s",
    async (by) => {
      const request = new Request("http://localhost:3000/api/trpc/createUser?batch=1", {
        method: "POST",
        headers: { "content-type": "application/json", [by]: "application/jsonl" },
        body: JSON.stringify({ 0: aSignup() }),
      });
      const response = await serve(request, services);
      expect(response.status).toBe(200);
      expect(response.headers.get("set-cookie")).toContain("enlist_signup=");
    },
  );

  it.each([null, 7, [], "x"])("names every field where the body is %j", async (input) => {
    const body = await expectRefused(send(input), 400);
    expect(Object.keys(body.error.data.fieldErrors)).toHaveLength(5);
  });

  it("answers 400 to a body that breaks off", async () => {
    const broken = new ReadableStream({
      start: (controller) => controller.error(new Error("aborted")),
    });
    await expectRefused(post("createUser", broken), 400);
  });

  it.each([
    ["no JSON", "{"],
    ["nothing", ""],
    ["null", "null"],
    ["a number", "7"],
    ["an array", "[]"],
    ["a lone string", '"x"'],
    ["JSON within JSON", JSON.stringify(JSON.stringify(aSignup()))],
    ["deep nesting", `${"[".repeat(20_000)}${"]".repeat(20_000)}`],
    ["__proto__", `{"__proto__":${JSON.stringify(aSignup())}}`],
    ["bytes that are no UTF-8", new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])],
  ])("answers 400 to a body of %s", async (_, body) => {
    await expectRefused(post("createUser", body), 400);
  });

  it.each([
    ["no JSON", "{"],
    ["an array", "[]"],
    ["null", "null"],
    ["a number", "5"],
    ["a hole", "{}"],
    ["another index", '{"7":{}}'],
    ["nonsense inside", '{"0":5}'],
  ])("answers 400 to a batch of %s", async (_, body) => {
    await expectRefused(post("createUser?batch=1", body), 400);
  });

  it.each(["createUser", "createUser?batch=1"])(
    "quotes nothing of broken JSON to %s",
    async (to) => {
      const body = await expectRefused(post(to, '{"password":"secret\n'), 400);
      const [{ error }] = [body].flat();
      expect(error.message).toBe("This request could not be read. It must be JSON, in UTF-8.");
    },
  );

  it("refuses a batch of more than three", async () => {
    const path = Array.from({ length: 4 }, () => "createUser").join(",");
    await expectRefused(post(`${path}?batch=1`, "{}"), 400);
  });

  it("takes a form for what it is: not a sign-up", async () => {
    const form = new URLSearchParams({ ...aSignup() }).toString();
    await expectRefused(post("createUser", form, "application/x-www-form-urlencoded"), 415);
    await expectRefused(post("createUser", form, "text/plain"), 415);
    await expectRefused(post("createUser", form, "application/octet-stream"), 415);
    const untyped = new TextEncoder().encode(JSON.stringify(aSignup()));
    await expectRefused(post("createUser", untyped, null), 415);
    const parts = '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n';
    // Of all procedures it is the one whose input may be missing.
    await expectRefused(post("resendVerification", parts, "multipart/form-data; boundary=x"), 415);
  });

  it("answers 413 to a body over 100 kB, announced or not", async () => {
    const huge = JSON.stringify(aSignup({ fullName: "x".repeat(100_000) }));
    const refused = post("createUser", huge);
    const body = await expectRefused(refused, 413);
    expect((await refused).headers.get("cache-control")).toBe("no-store, no-transform");
    expect(body.error.data.code).toBe("PAYLOAD_TOO_LARGE");
    const unannounced = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode("x".repeat(10_000)));
      },
    });
    await expectRefused(post("createUser", unannounced), 413);
  });

  it("answers 404 to a procedure that is not there, and 405 to a sign-up by GET", async () => {
    await expectRefused(post("dropUsers", "{}"), 404);
    const url = `http://localhost:3000/api/trpc/createUser?input=${encodeURIComponent(JSON.stringify(aSignup()))}`;
    expect((await serve(new Request(url), services)).status).toBe(405);
  });

  it("changes nothing by GET: all that does is a mutation, which takes a POST", async () => {
    const procedures = Object.entries(appRouter._def.procedures);
    const reading = procedures.filter(([, { _def }]) => _def.type !== "mutation");
    expect(reading.map(([name]) => name)).toEqual(["usernameAvailable", "signupStatus"]);
    for (const [name] of procedures.filter((procedure) => !reading.includes(procedure))) {
      const request = new Request(`http://localhost:3000/api/trpc/${name}?input=%7B%7D`);
      expect(`${name}: ${(await serve(request, services)).status}`).toBe(`${name}: 405`);
    }
  });

  it("takes a mutation's input from its body, whatever its URL says", async () => {
    const [inUrl, inBody] = [aSignup(), aSignup()];
    const input = encodeURIComponent(JSON.stringify(inUrl));
    const { body } = await post(`createUser?input=${input}`, JSON.stringify(inBody));
    expect(body.result.data.user.username).toBe(inBody.username);
    expect(await database.db("users").where({ username: inUrl.username })).toEqual([]);
  });

  it("answers a broken verification with a 4xx that names what is wrong", async () => {
    for (const input of [{}, { token: 5 }, { token: "" }, { token: "x".repeat(201) }]) {
      const body = await expectRefused(verify(input), 400);
      expect(body.error.data.field).toBe("token");
    }
    await expectRefused(verify({ token: "x" }), 404);
    await expectRefused(verify({ token: "\u0000".repeat(64) }), 404);
  });
});

describe("the API without its database", () => {
  it("says SERVICE_UNAVAILABLE in plain words, and that a retry is safe", async () => {
    const url = "postgres://127.0.0.1:1/none";
    const lost = await testServices({ url, db: createDb({ url, pool: 1 }) });
    await whenReady(lost);
    const request = new Request("http://localhost:3000/api/trpc/createUser", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(aSignup()),
    });
    const response = await serve(request, lost);
    const { error } = await response.json();
    expect(response.status).toBe(503);
    expect(error.message).toMatch(/nothing will be done twice/);
    expect(error.data.code).toBe("SERVICE_UNAVAILABLE");
    await lost.db.destroy();
  });
});
