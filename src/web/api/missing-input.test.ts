import { describe, expect, it } from "vitest";
import { testApi } from "#test/fixtures/api.ts";
import { testDatabase } from "#test/fixtures/database.ts";
import { testServices, whenReady } from "#test/fixtures/services.ts";
import { serve } from "./serve.ts";

const database = await testDatabase();
const services = await testServices(database);
await whenReady(services);

const { post, expectRefused } = testApi(services, database);

describe("a procedure without input", () => {
  const LACKING: [name: string, fields: string[]][] = [
    ["createUser", ["email", "fullName", "password", "requestId", "username"]],
    ["correctEmail", ["email"]],
    ["verifyEmail", ["token"]],
    ["inspectLink", ["token"]],
    ["discardSignup", ["token"]],
  ];

  it.each(LACKING)("%s names its missing fields", async (name, fields) => {
    for (const input of ["", "{}", "null", "7", "[]"]) {
      const { error } = await expectRefused(post(name, input), 400);
      expect(Object.keys(error.data.fieldErrors).toSorted()).toEqual(fields);
      expect(error.data.field).toBe(fields.length === 1 ? fields[0] : undefined);
    }
  });

  it.each(["", "?input=", "?input=%7B%7D", "?input=null", "?input=7", "?input=[]", "?batch=1"])(
    "usernameAvailable%s names its field",
    async (query) => {
      const url = `http://localhost:3000/api/trpc/usernameAvailable${query}`;
      const answer = await serve(new Request(url), services);
      expect(answer.status).toBe(400);
      const [{ error }] = [await answer.json()].flat();
      expect(error.data).toMatchObject({
        field: "username",
        fieldErrors: { username: ["Choose a username."] },
      });
    },
  );

  it("resendVerification needs none, as the cookie tells who asks", async () => {
    for (const input of ["", "{}"]) await expectRefused(post("resendVerification", input), 401);
  });
});
