import { describe, expect, it } from "vitest";
import { testApi } from "#test/fixtures/api.ts";
import { testDatabase } from "#test/fixtures/database.ts";
import { testServices, whenReady } from "#test/fixtures/services.ts";
import { aSignup } from "#test/system/person.ts";
import { createDb } from "#src/platform/db.ts";

const database = await testDatabase();

describe("the API without a free database connection", () => {
  it("says when to try again, and nothing about what was saved, as it has not looked", async () => {
    const db = createDb({ url: database.url, pool: 1 });
    const holding = await db.transaction();
    const full = await testServices({ url: database.url, db });
    await whenReady(full);
    const { body, status, headers } = await testApi(full, database).post(
      "createUser",
      JSON.stringify(aSignup()),
    );
    expect(status).toBe(503);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    expect(body.error.message).toMatch(/sending it twice is safe/);
    expect(body.error.message).not.toMatch(/saved/);
    await holding.rollback();
    await db.destroy();
  });
});

describe("the API without its database", () => {
  it("answers SERVICE_UNAVAILABLE in plain words, and says that a retry is safe", async () => {
    const url = "postgres://127.0.0.1:1/none";
    const lost = await testServices({ url, db: createDb({ url, pool: 1 }) });
    await whenReady(lost);
    const { body, status } = await testApi(lost, database).post(
      "createUser",
      JSON.stringify(aSignup()),
    );
    expect(status).toBe(503);
    expect(body.error.message).toMatch(/sending it twice is safe/);
    expect(body.error.data.code).toBe("SERVICE_UNAVAILABLE");
    await lost.db.destroy();
  });
});
