import { describe, expect, it } from "vitest";
import { codeFor, signId } from "../platform/signed-id.ts";
import { startApiServer } from "../../test/fixtures/api-server.ts";
import { testDatabase } from "../../test/fixtures/database.ts";
import { testServices, whenReady } from "../../test/fixtures/services.ts";
import { startTcpProxy } from "../../test/servers/tcp-proxy.ts";
import { waitFor } from "../../test/servers/wait-for.ts";
import { aPerson } from "../../test/system/person.ts";
import { createClient } from "./create-client.ts";
import type { EnlistError } from "./enlist-error.ts";
import type { SignupStatus } from "./procedures.ts";
import type { Retry } from "./sign-up.ts";

const database = await testDatabase();
const { db } = database;
const services = await testServices(database);
await whenReady(services);
const server = await startApiServer(services);
const secrets = services.env.APP_SECRET;

const aClient = (cookie?: string) => createClient({ url: server.url, cookie });

/** A client that has signed up, and what its person gets by mail. */
async function aSignup() {
  const enlist = aClient();
  const person = aPerson();
  const { user } = await enlist.signUp(person);
  const { id } = await db("email_verifications").where({ user_id: user.id }).first();
  const mail = { token: signId(secrets, "verification-link", id), code: codeFor(secrets, id) };
  return { enlist, person, user, ...mail };
}

const failure = (call: Promise<unknown>) =>
  call.then(
    () => expect.unreachable(),
    (error: unknown) => error as EnlistError,
  );

describe("signUp", () => {
  it("creates one user and one job even if answers are lost", async () => {
    const proxy = await startTcpProxy(server.url);
    const enlist = createClient({ url: proxy.url });
    const retries: Retry[] = [];
    const person = aPerson();
    const before = Number((await db("tx_jobs").count())[0]!.count);

    proxy.stall("answers");
    const answered = server.answered();
    const signingUp = enlist.signUp(person, { onRetry: (retry) => retries.push(retry) });
    for (const lost of [1, 2]) {
      await waitFor("the answer that gets lost", () => server.answered() === answered + lost);
      proxy.cut();
      await waitFor("the client to notice", () => retries.length >= lost);
      if (lost === 2) proxy.flow();
      proxy.restore();
    }
    const { user } = await signingUp;
    await proxy.close();

    const { password: _, ...shown } = person;
    expect(user).toMatchObject(shown);
    for (const { error } of retries) expect(error.code).toBe("UNREACHABLE");
    const users = await db("users").where({ username: person.username });
    expect(users).toMatchObject([{ id: user.id, signup_request_id: retries[0]!.error.requestId }]);
    expect(await db("email_verifications").where({ user_id: user.id })).toHaveLength(1);
    expect(Number((await db("tx_jobs").count())[0]!.count)).toBe(before + 1);
  });

  it("continues an earlier process's sign-up by its requestId", async () => {
    const [person, requestId] = [aPerson(), crypto.randomUUID()];
    const first = await aClient().signUp(person, { requestId });
    expect(await aClient().signUp(person, { requestId })).toEqual(first);
  });

  it("says which fields are wrong, and that a username is taken", async () => {
    const { person } = await aSignup();
    const wrong = await failure(aClient().signUp({ ...person, username: "A", email: "x" }));
    expect(wrong.code).toBe("BAD_REQUEST");
    expect(wrong.reason).toBe("fields_invalid");
    expect(Object.keys(wrong.fieldErrors).toSorted()).toEqual(["email", "username"]);
    const taken = await failure(aClient().signUp({ ...aPerson(), username: person.username }));
    expect(taken).toMatchObject({ code: "CONFLICT", field: "username" });
    expect(taken.message).toMatch(/taken/);
  });

  it("says that no server answers", async () => {
    const proxy = await startTcpProxy(server.url);
    await proxy.close();
    const enlist = createClient({ url: proxy.url });
    const error = await failure(enlist.signUp(aPerson(), { patienceMs: 0 }));
    expect(error).toMatchObject({ code: "UNREACHABLE", isTemporary: true });
  });
});

describe("the client that signed up", () => {
  it("verifies by the code alone, as only a client with its cookie can", async () => {
    const [first, second] = [await aSignup(), await aSignup()];
    const stranger = await failure(aClient().verifyEmail({ code: first.code }));
    expect(stranger.code).toBe("UNAUTHORIZED");
    expect(await first.enlist.verifyEmail({ code: first.code })).toEqual({ status: "verified" });
    const later = aClient(second.enlist.cookie);
    expect(await later.verifyEmail({ code: second.code })).toEqual({ status: "verified" });
  });

  it("follows its mail until the address is verified, across a lost connection", async () => {
    const proxy = await startTcpProxy(server.url);
    const { enlist, person, code } = await aSignup();
    const follower = createClient({ url: proxy.url, cookie: enlist.cookie });
    const statuses: SignupStatus[] = [];
    const following = (async () => {
      for await (const status of follower.signupStatus()) statuses.push(status);
    })();
    await waitFor("the first status", () => statuses.length === 1);
    expect(statuses[0]).toMatchObject({ stage: "queued", email: person.email });
    proxy.cut();
    proxy.restore();
    await enlist.verifyEmail({ code });
    await following;
    expect(statuses.at(-1)!.stage).toBe("verified");
    await proxy.close();
  });

  it("stops following when told to, and fails without a sign-up", async () => {
    const { enlist } = await aSignup();
    const stop = new AbortController();
    const statuses = enlist.signupStatus({ signal: stop.signal });
    await statuses.next();
    const next = failure(statuses.next());
    stop.abort(new Error("left"));
    expect((await next).message).toBe("left");
    for await (const { stage } of enlist.signupStatus()) {
      expect(stage).toBe("queued");
      break;
    }
    expect((await failure(aClient().signupStatus().next())).code).toBe("UNAUTHORIZED");
  });

  it("is told when another mail can be sent, and can correct its address", async () => {
    const { enlist } = await aSignup();
    const tooSoon = await failure(enlist.resendVerification());
    expect(tooSoon.code).toBe("TOO_MANY_REQUESTS");
    expect(tooSoon.reason).toBe("mailed_just_now");
    expect(tooSoon.retryAfterMs).toBeGreaterThan(50_000);
    const { email } = aPerson();
    expect(await enlist.correctEmail({ email })).toEqual({ email });
  });
});

describe("any client", () => {
  it("reads, uses and discards links", async () => {
    const { token, person, user } = await aSignup();
    const enlist = aClient();
    const { username, email, password } = person;
    const open = { status: "open", needsPassword: true, username, email };
    expect(await enlist.inspectLink({ token })).toEqual(open);
    expect(await enlist.verifyEmail({ token, password })).toEqual({ status: "verified" });
    expect(await enlist.inspectLink({ token })).toEqual({ status: "already-verified" });
    const other = await aSignup();
    expect(await enlist.discardSignup({ token: other.token })).toEqual({ status: "discarded" });
    expect(await db("users").whereIn("id", [user.id, other.user.id]).pluck("id")).toEqual([
      user.id,
    ]);
  });

  it("asks whether a username is available", async () => {
    const { person } = await aSignup();
    const enlist = aClient();
    expect(await enlist.usernameAvailable({ username: person.username })).toEqual({
      available: false,
    });
    expect(await enlist.usernameAvailable({ username: aPerson().username })).toEqual({
      available: true,
    });
  });
});
