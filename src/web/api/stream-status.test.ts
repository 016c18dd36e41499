import { describe, expect, it } from "vitest";
import { testApi } from "#test/fixtures/api.ts";
import { testDatabase } from "#test/fixtures/database.ts";
import { testServices, whenReady } from "#test/fixtures/services.ts";
import { aSignup } from "#test/system/person.ts";
import { createDb } from "#src/platform/db.ts";
import { serve } from "./serve.ts";

const database = await testDatabase();
const services = await testServices(database);
await whenReady(services);

const { post } = testApi(services, database);

/** Opens the stream of signupStatus. */
const watch = (cookie: string, { method = "GET", on = services } = {}) => {
  const headers = { cookie, "content-type": "application/json" };
  const url = "http://localhost:3000/api/trpc/signupStatus";
  return serve(new Request(url, { method, headers }), on);
};

/** The cookie of the browser that just signed up. */
const signedUp = async () => {
  const { headers } = await post("createUser", JSON.stringify(aSignup()));
  return headers.get("set-cookie")!.split(";", 1)[0]!;
};

describe("signupStatus", () => {
  const expectError = async (answer: Response, status: number, code: string) => {
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
    expect(answer.headers.get("cache-control")).toBe("no-store, no-transform");
    const { error } = await answer.json();
    expect(error.data).toMatchObject({ code, httpStatus: status, path: "signupStatus" });
  };

  it("answers 401 before a stream opens if nobody has signed up", async () => {
    for (const cookie of ["", "enlist_signup=x", "other=1"]) {
      await expectError(await watch(cookie), 401, "UNAUTHORIZED");
    }
  });

  it("answers 404 if the sign-up is gone, and 503 without a database", async () => {
    const cookie = await signedUp();
    const url = "postgres://127.0.0.1:1/none";
    const lost = await testServices({ url, db: createDb({ url, pool: 1 }) });
    const on = { ...lost, env: services.env };
    await expectError(await watch(cookie, { on }), 503, "SERVICE_UNAVAILABLE");
    await lost.db.destroy();
    await database.db("users").delete();
    await expectError(await watch(cookie), 404, "NOT_FOUND");
  });

  it("answers 405 to a POST", async () => {
    await expectError(await watch("", { method: "POST" }), 405, "METHOD_NOT_SUPPORTED");
  });

  it("opens in the browser that signed up, and starts with the current stage", async () => {
    const answer = await watch(await signedUp());
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/event-stream");
    let text = "";
    for await (const chunk of answer.body!) {
      text += new TextDecoder().decode(chunk);
      if (text.includes('"stage":"queued"')) break;
    }
  });
});

describe("HEAD", () => {
  const PATHS = [
    `usernameAvailable?input=${encodeURIComponent('{"username":"nobody"}')}`,
    `usernameAvailable?batch=1&input=${encodeURIComponent('{"0":{"username":"nobody"}}')}`,
    "usernameAvailable?input=%FF",
    "usernameAvailable",
    "signupStatus",
    "createUser",
    "nothing",
  ];

  it.each(PATHS)("answers as GET does, without the body: %s", async (path) => {
    const [got, head] = await Promise.all(
      ["GET", "HEAD"].map((method) =>
        serve(new Request(`http://localhost:3000/api/trpc/${path}`, { method }), services),
      ),
    );
    expect(head!.status).toBe(got!.status);
    expect([...head!.headers]).toEqual([...got!.headers]);
    expect(await head!.text()).toBe("");
    expect(await got!.text()).not.toBe("");
  });

  it("of a stream answers with its headers, and ends", async () => {
    const answer = await watch(await signedUp(), { method: "HEAD" });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/event-stream");
    expect(await answer.text()).toBe("");
  });
});
