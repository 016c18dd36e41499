import { describe, expect, it } from "vitest";
import { testApi } from "#test/fixtures/api.ts";
import { testDatabase } from "#test/fixtures/database.ts";
import { testServices, whenReady } from "#test/fixtures/services.ts";
import { aSignup } from "#test/system/person.ts";
import { appRouter } from "./router.ts";
import { serve } from "./serve.ts";

const database = await testDatabase();
const services = await testServices(database);
await whenReady(services);

const { post, expectRefused } = testApi(services, database);

const UNKNOWN = "0198c5a2-7d3e-7b41-9f60-5c2a8e14d7b3";

const send = (input: unknown) => post("createUser", JSON.stringify(input));
const verify = (input: unknown) => post("verifyEmail", JSON.stringify(input));

describe("the API over HTTP", () => {
  it("signs up with plain JSON, as documented", async () => {
    const { password: _, requestId: __, ...shown } = aSignup();
    const input = { ...aSignup(), ...shown };
    const { status, body, headers } = await send(input);
    expect(status).toBe(200);
    expect(body.result.data).toEqual({
      user: {
        ...shown,
        id: expect.stringMatching(/^[\da-f-]{36}$/),
        emailVerifiedAt: null,
        createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    });
    expect(headers.get("content-type")).toMatch(/^application\/json/);
    expect(headers.get("set-cookie")).toContain("enlist_signup=");
    expect(headers.get("cache-control")).toBe("no-store, no-transform");
  });

  it("stores SQL as typed if a name or an address may contain it", async () => {
    const { username } = aSignup();
    const typed = { fullName: "Robert'), ('x", email: `${username}'--@example.com` };
    const { body } = await send(aSignup({ username, ...typed }));
    expect(body.result.data.user).toMatchObject(typed);
    const row = await database.db("users").where({ username }).first();
    expect(row).toMatchObject({ full_name: typed.fullName, email: typed.email });
  });

  it("accepts only the fields that it names", async () => {
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
  ])("checks a password against the %s", async (field, value) => {
    const password = "zarquon-2026";
    const body = await expectRefused(send(aSignup({ [field]: value, password })), 400);
    expect(body.error.data.field).toBe("password");
    expect((await send(aSignup({ password }))).status).toBe(200);
  });

  it("shows names of any script and addresses of any case as typed", async () => {
    const { username } = aSignup();
    const typed = { fullName: "Ὀδυσσεύς 山田 O’Brien", email: `${username}+Tag@Example.COM` };
    const { body } = await send(aSignup({ username, ...typed }));
    expect(body.result.data.user).toMatchObject(typed);
  });

  it("names all wrong fields at once, with the guessable password", async () => {
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

  it("answers CONFLICT and names the field if a username is taken", async () => {
    const { username } = aSignup();
    await send(aSignup({ username }));
    const body = await expectRefused(send(aSignup({ username })), 409);
    expect(body.error).toMatchObject({
      message: expect.stringContaining("taken"),
      data: { code: "CONFLICT", reason: "username_taken", field: "username" },
    });
  });

  it.each(["trpc-accept", "accept"])(
    "sets the cookie for a streamed batch too, by %s",
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

  it("answers 404 to an unknown procedure, and 405 to a sign-up by GET", async () => {
    await expectRefused(post("dropUsers", "{}"), 404);
    const url = `http://localhost:3000/api/trpc/createUser?input=${encodeURIComponent(JSON.stringify(aSignup()))}`;
    expect((await serve(new Request(url), services)).status).toBe(405);
  });

  it("changes nothing by GET, as every change is a mutation and needs a POST", async () => {
    const procedures = Object.entries(appRouter._def.procedures);
    const reading = procedures.filter(([, { _def }]) => _def.type !== "mutation");
    expect(reading.map(([name]) => name)).toEqual(["usernameAvailable", "signupStatus"]);
    for (const [name] of procedures.filter((procedure) => !reading.includes(procedure))) {
      const request = new Request(`http://localhost:3000/api/trpc/${name}?input=%7B%7D`);
      expect(`${name}: ${(await serve(request, services)).status}`).toBe(`${name}: 405`);
    }
  });

  it("takes a mutation's input only from its body", async () => {
    const [inUrl, inBody] = [aSignup(), aSignup()];
    const input = encodeURIComponent(JSON.stringify(inUrl));
    const { body } = await post(`createUser?input=${input}`, JSON.stringify(inBody));
    expect(body.result.data.user.username).toBe(inBody.username);
    expect(await database.db("users").where({ username: inUrl.username })).toEqual([]);
  });

  it("answers an invalid verification with a 4xx that names the field", async () => {
    for (const input of [{}, { token: 5 }, { token: "" }, { token: "x".repeat(201) }]) {
      const body = await expectRefused(verify(input), 400);
      expect(body.error.data.field).toBe("token");
    }
    await expectRefused(verify({ token: "x" }), 404);
    await expectRefused(verify({ token: "\u0000".repeat(64) }), 404);
  });
});
