import { describe, expect, it } from "vitest";
import { differInTime, signedRank } from "#test/fixtures/compare-times.ts";
import { testDatabase } from "#test/fixtures/database.ts";
import { testServices, whenReady } from "#test/fixtures/services.ts";
import { aSignup } from "#test/system/person.ts";
import { signId } from "#src/platform/signed-id.ts";
import { serve } from "./serve.ts";

const database = await testDatabase();
const { db } = database;
const services = await testServices(database, { RATE_LIMITS: "off" });
await whenReady(services);

/** Pairs per round: of calls that hash a password, and of calls that do not. */
const PAIRS = { createUser: 40, correctEmail: 80, resendVerification: 80 };

/** For three rounds of three calls, each with its own address, and the warm-up calls. */
const ADDRESSES = 800;

const address = (kind: string, n: number) => `${kind}_${String(n).padStart(6, "0")}@example.com`;

// Verified addresses, with new sign-ups for the same ones.
await db.raw(
  `insert into users (id, username, full_name, email, password_hash, signup_request_id,
                      email_verified_at, verification_id)
   select gen_random_uuid(), 'holder_' || n, 'Ada', 'known_' || lpad(n::text, 6, '0') || '@example.com',
          'x', gen_random_uuid(), now(), gen_random_uuid()
   from generate_series(0, :count - 1) n`,
  { count: ADDRESSES },
);

/** Unverified users with these addresses, last mailed a while ago. */
async function claimants(kind: "known" | "unknown" | "own"): Promise<string[]> {
  const { rows } = await db.raw<{ rows: { id: string }[] }>(
    `with claim as (
       insert into users (id, username, full_name, email, password_hash, signup_request_id,
                          verification_id)
       select gen_random_uuid(), :name || '_' || n, 'Ada',
              :kind || '_' || lpad(n::text, 6, '0') || '@example.com', 'x', gen_random_uuid(),
              gen_random_uuid()
       from generate_series(0, :count - 1) n
       returning id, email, verification_id
     ), mail as (
       insert into email_verifications (id, user_id, email, created_at, expires_at)
       select verification_id, id, email, now() - interval '1 h', now() + interval '1 h' from claim
     )
     select id from claim`,
    { kind, name: `claim_${Math.random().toString(36).slice(2)}`, count: ADDRESSES },
  );
  return rows.map(({ id }) => id);
}

async function call(procedure: string, input: unknown, userId?: string): Promise<Response> {
  const cookie =
    userId && `enlist_signup=${signId(services.env.APP_SECRET, "signup-cookie", userId)}`;
  const request = new Request(`http://localhost:3000/api/trpc/${procedure}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(cookie ? { cookie } : {}) },
    body: JSON.stringify(input),
  });
  return serve(request, services);
}

/** An answer without the parts that always differ. */
async function shapeOf(answer: Response): Promise<unknown> {
  const headers = [...answer.headers].map(([name, value]) => [
    name,
    value.replace(/[\w-]{64}/, "(signed id)"),
  ]);
  const body = (await answer.text())
    .replaceAll(/[\da-f]{8}-[\da-f-]{27}/g, "(id)")
    .replaceAll(/ada_[\da-f]{16}/g, "(username)")
    .replaceAll(/(un)?known_\d{6}/g, "(address)")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]{12}Z/g, "(time)");
  return { status: answer.status, headers, body };
}

type Kind = "known" | "unknown";

/** Calls each procedure that involves an address, with the next address of a kind. */
const CALLS = {
  createUser: async () => {
    const next = { known: 0, unknown: 0 };
    return (kind: Kind) => call("createUser", aSignup({ email: address(kind, next[kind]++) }));
  },
  correctEmail: async () => {
    const users = await claimants("own");
    const next = { known: 0, unknown: 0 };
    return (kind: Kind) =>
      call("correctEmail", { email: address(kind, next[kind]++) }, users.pop());
  },
  resendVerification: async () => {
    const users = { known: await claimants("known"), unknown: await claimants("unknown") };
    return (kind: Kind) => call("resendVerification", {}, users[kind].pop());
  },
};

const PROCEDURES = ["createUser", "correctEmail", "resendVerification"] as const;

describe.each(PROCEDURES)("%s, for an address with an account and one without", (procedure) => {
  it("answers the same, by the same statements", async () => {
    const callFor = await CALLS[procedure]();
    const known = await statementsOf(() => callFor("known"));
    const unknown = await statementsOf(() => callFor("unknown"));
    expect(known.result.status).toBe(200);
    expect(await shapeOf(known.result)).toEqual(await shapeOf(unknown.result));
    expect(known.statements.length).toBeGreaterThan(2);
    expect(known.statements).toEqual(unknown.statements);
  });

  it("takes equally long", async () => {
    const callFor = await CALLS[procedure]();
    for (let n = 0; n < 20; n++) await callFor(n % 2 ? "known" : "unknown");
    const pair = { a: () => callFor("known"), b: () => callFor("unknown") };
    expect(await differInTime(pair, PAIRS[procedure])).toBe(false);
  });
});

describe("the comparison of times", () => {
  // Overload may hide it in one try, but chance alone never produces it.
  it("detects a skipped hash", { retry: 4 }, async () => {
    const [hashing, skipping] = [await CALLS.createUser(), await CALLS.correctEmail()];
    const pair = { a: () => hashing("known"), b: () => skipping("unknown") };
    expect(await differInTime(pair, 20)).toBe(true);
  });

  it("ranks as published", () => {
    expect(signedRank([1, 2, 3])).toBeCloseTo(3 / Math.sqrt(3.5), 10);
    expect(signedRank([-1, -2, -3])).toBeCloseTo(-3 / Math.sqrt(3.5), 10);
    expect(signedRank([1, -2, -3, 4])).toBeCloseTo(0, 10);
  });
});

/** The SQL statements, without their values. */
async function statementsOf<T>(
  work: () => Promise<T>,
): Promise<{ result: T; statements: string[] }> {
  const statements: string[] = [];
  const note = ({ sql }: { sql: string }) => void statements.push(sql);
  db.on("query", note);
  const result = await work();
  db.off("query", note);
  return { result, statements };
}
