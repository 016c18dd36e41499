import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { audit } from "#src/audit/audit.ts";
import { testDatabase } from "../fixtures/database.ts";
import { describeRedises } from "../fixtures/redises.ts";
import { noReturns, whenReady } from "../fixtures/services.ts";
import { aSignup } from "../system/person.ts";
import { expectOneMailEach, insist, median, signUp } from "../fixtures/stream.ts";
import { startTcpProxy } from "../servers/tcp-proxy.ts";
import { waitFor } from "../servers/wait-for.ts";
import { readStatuses } from "#src/signup/status/read-statuses.ts";

const database = await testDatabase();
const { db } = database;

/** A Redis URL with this host instead of all its hosts. */
const behind = (url: string, host: string) => url.replace(/\/\/[^/]+/, `//${host}`);

describeRedises(database, (on) => {
  it("does all that one Redis does: mails, limits, status, ledger", async () => {
    const { services, sink } = on();
    const inputs = Array.from({ length: 5 }, () => aSignup());
    for (const input of inputs) await signUp(services, input);
    await expectOneMailEach(db, sink, inputs);
    const [row] = await db("users").where({ username: inputs[0]!.username });
    await waitFor("the status", async () => {
      const [reading] = (await readStatuses({ db, returns: noReturns }, [row.id])).values();
      return reading?.stage === "sent";
    });

    const other = await on().moreServices();
    await whenReady(other);
    // On a busy machine one may be sent twice, so that the last ones are refused here too.
    const tooOften = ({ message }: Error) => expect(message).toMatch(/Too many checks/);
    for (let n = 0; n < 60; n++)
      await services.limits.usernameChecks.count("192.0.2.7").catch(tooOften);
    // This process counted by itself if Redis was too slow.
    await waitFor("the other process's refusal", () =>
      other.limits.usernameChecks.count("192.0.2.7").then(
        () => false,
        (error: Error) => /Too many checks/.test(error.message),
      ),
    );

    const { counts, contradictions } = await audit(db);
    expect(contradictions).toEqual([]);
    expect(counts.sent).toBeGreaterThanOrEqual(1);
  });

  it("F1 is down since the process started: refused at once, and the same requests succeed later", async () => {
    const [, host] = /\/\/([^,/]+)/.exec(on().redises.url)!;
    const line = await startTcpProxy(`redis://${host}`);
    line.cut();
    const REDIS_URL = behind(on().redises.url, new URL(line.url).host);
    const services = await on().moreServices({ REDIS_URL });
    const input = aSignup();
    for (let n = 0; n < 3; n++) {
      const started = performance.now();
      await expect(signUp(services, input)).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
      expect(performance.now() - started).toBeLessThan(2500);
    }
    line.restore();
    await insist(services, input);
    await expectOneMailEach(db, on().sink, [input]);
    await line.close();
  });

  it("F2 hangs completely: refused in time, even from the start, and the same requests succeed later", async () => {
    const { redises, services, sink } = on();
    for (const program of redises.programs) program.signal("SIGSTOP");
    const late = await on().moreServices();
    const inputs = [aSignup(), aSignup()] as const;
    const waits: number[] = [];
    for (let n = 0; n < 3; n++) {
      for (const from of [services, late]) {
        const started = performance.now();
        const refused = signUp(from, inputs[from === late ? 1 : 0]);
        await expect(refused).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
        waits.push(performance.now() - started);
      }
    }
    for (const program of redises.programs) program.signal("SIGCONT");
    expect(Math.max(...waits)).toBeLessThan(2500);
    expect(median(waits)).toBeLessThan(500);
    await insist(services, inputs[0]);
    await insist(late, inputs[1]);
    await expectOneMailEach(db, sink, [...inputs]);
  });

  it("F2 hangs only for the queues: one sign-up waits, and the next are refused at once", async () => {
    const { redises, services, sink } = on();
    const master = await redises.masterOf(services.env.REDIS_PREFIX);
    master.program.signal("SIGSTOP");
    const input = aSignup();
    const waits: number[] = [];
    // Until another master takes over, which may be soon on a busy machine.
    for (let n = 0; n < 5; n++) {
      const started = performance.now();
      const [outcome] = await Promise.allSettled([signUp(services, input)]);
      if (outcome.status === "fulfilled") break;
      expect(outcome.reason).toMatchObject({ code: "SERVICE_UNAVAILABLE" });
      waits.push(performance.now() - started);
      await sleep(100); // They come one after another.
    }
    expect(waits.length).toBeGreaterThan(1);
    // One, or two on a busy machine. Unguarded, all five would.
    expect(waits.filter((ms) => ms > 500).length).toBeLessThanOrEqual(2);
    await insist(services, input); // After this, another master has taken over, so the next test is not affected.
    master.program.signal("SIGCONT");
    await expectOneMailEach(db, sink, [input]);
  });

  it("loses its master under load: each person gets exactly one mail", async () => {
    // On a busy machine another master may take over before a sign-up is hashed; then nobody is refused.
    const waits = await on().failOver("SIGKILL");
    expect(median(waits.length > 0 ? waits : [0])).toBeLessThan(2500);
  });
});
