import { describe, expect, it } from "vitest";
import { waitFor } from "../../scripts/services/wait-for.ts";
import { testDatabase } from "#src/testing/database.ts";
import { aUser } from "#src/testing/user.ts";
import { withLease, type Lease } from "./lease.ts";

const { db } = await testDatabase();

/** Sets `sending_until`, so many seconds from now, as the one who takes the lease does. */
async function lease(verificationId: string, seconds: number): Promise<Lease> {
  const { rows } = await db.raw(
    `update email_verifications set sending_until = now() + make_interval(secs => ?)
     where id = ? returning sending_until::text as until`,
    [seconds, verificationId],
  );
  return { verificationId, until: rows[0].until };
}

async function until(verificationId: string): Promise<Date | null> {
  const row = await db("email_verifications").where({ id: verificationId }).first();
  return row.sending_until;
}

describe("a lease", () => {
  it("is extended as long as the work takes", async () => {
    const { verificationId } = await aUser(db);
    const mine = await lease(verificationId, 0.2);
    const first = (await until(verificationId))!;
    const work = () =>
      waitFor("two extensions", async () => +(await until(verificationId))! - +first > 200);
    await withLease(db, mine, 200, work);
    const last = await until(verificationId);
    expect(+last!).toBeGreaterThan(+first);
  });

  it("is given back when the work fails", async () => {
    const { verificationId } = await aUser(db);
    const failing = withLease(db, await lease(verificationId, 60), 60_000, () =>
      Promise.reject(new Error("no")),
    );
    await expect(failing).rejects.toThrow("no");
    expect(await until(verificationId)).toBeNull();
  });

  it("is given back though it is just being extended", async () => {
    const { verificationId } = await aUser(db);
    const mine = await lease(verificationId, 60);
    const isExtending = async () => {
      const { rows } = await db.raw(
        `select from pg_stat_activity where datname = current_database()
           and wait_event_type = 'Lock' and query like 'update email_verifications%'`,
      );
      return rows.length > 0;
    };
    let hasFailed = false;
    const work = async () => {
      await waitFor("an extension to be under way", isExtending);
      hasFailed = true;
      throw new Error("no");
    };
    const failing = await db.transaction(async (tx) => {
      await tx("email_verifications").where({ id: verificationId }).forUpdate().first();
      const outcome = expect(withLease(db, mine, 100, work)).rejects.toThrow("no");
      await waitFor("the work to fail", () => hasFailed);
      return { outcome };
    });
    await failing.outcome;
    expect(await until(verificationId)).toBeNull();
  });

  it("that another worker has taken over stays with that one", async () => {
    const { verificationId } = await aUser(db);
    const lost = await lease(verificationId, -1);
    await lease(verificationId, 60);
    const theirs = await until(verificationId);
    let runs = 0;
    const failing = withLease(db, lost, 40, async () => {
      await waitFor("a few extensions to be due", () => ++runs > 5);
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await until(verificationId)).toEqual(theirs);
  });
});
