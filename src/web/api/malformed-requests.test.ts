import { describe, expect, it } from "vitest";
import { testApi } from "#test/fixtures/api.ts";
import { testDatabase } from "#test/fixtures/database.ts";
import { testServices, whenReady } from "#test/fixtures/services.ts";
import { aSignup } from "#test/system/person.ts";
import { serve } from "./serve.ts";

const database = await testDatabase();
const services = await testServices(database);
await whenReady(services);
const { post, expectRefused } = testApi(services, database);

describe("a malformed request", () => {
  it.each([null, 7, [], "x"])("names every field if the body is %j", async (input) => {
    const body = await expectRefused(post("createUser", JSON.stringify(input)), 400);
    expect(Object.keys(body.error.data.fieldErrors)).toHaveLength(5);
  });

  it("answers 400 to a truncated body", async () => {
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
  ])("answers 400 to a body of %s", async (_, body) => {
    await expectRefused(post("createUser", body), 400);
  });

  it.each([
    ["no JSON", "{"],
    ["an array", "[]"],
    ["null", "null"],
    ["a number", "5"],
    ["nothing", "{}"],
    ["a wrong index", '{"7":{}}'],
    ["an invalid call", '{"0":5}'],
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

  it("refuses a batch of more than three calls", async () => {
    const path = Array.from({ length: 4 }, () => "createUser").join(",");
    await expectRefused(post(`${path}?batch=1`, "{}"), 400);
  });

  it("does not accept a form as a sign-up", async () => {
    const form = new URLSearchParams({ ...aSignup() }).toString();
    await expectRefused(post("createUser", form, "application/x-www-form-urlencoded"), 415);
    await expectRefused(post("createUser", form, "text/plain"), 415);
    await expectRefused(post("createUser", form, "application/octet-stream"), 415);
    const untyped = new TextEncoder().encode(JSON.stringify(aSignup()));
    await expectRefused(post("createUser", untyped, null), 415);
    const parts = '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n';
    // The only procedure whose input is optional.
    await expectRefused(post("resendVerification", parts, "multipart/form-data; boundary=x"), 415);
  });

  it.each(["multipart/form-data; boundary=x", "application/octet-stream", "text/plain"])(
    "takes no notice of the type %s of a GET, which has no body",
    async (type) => {
      const url = "http://localhost:3000/api/trpc/signupStatus";
      const answer = await serve(new Request(url, { headers: { "content-type": type } }), services);
      expect(answer.status).toBe(401);
      expect(answer.headers.get("content-type")).toBe("application/json");
    },
  );

  /** This sign-up as JSON, with these bytes as the name. */
  const named = (bytes: number[]) => {
    const [before, after] = JSON.stringify(aSignup({ fullName: "?" })).split("?");
    return Buffer.concat([Buffer.from(before!), Buffer.from(bytes), Buffer.from(after!)]);
  };
  const BAD_BYTES: [what: string, bytes: number[]][] = [
    ["Latin-1", [0x4a, 0xfc, 0x72]],
    ["a stray continuation byte", [0x80]],
    ["a truncated character", [0xe2, 0x82]],
    ["an overlong form", [0xc0, 0xaf]],
    ["a longer overlong form", [0xe0, 0x80, 0xaf]],
    ["half a surrogate pair", [0xed, 0xa0, 0x80]],
    ["a code point beyond Unicode", [0xf4, 0x90, 0x80, 0x80]],
  ];

  it.each(BAD_BYTES)("says that %s is not UTF-8", async (_, bytes) => {
    const body = await expectRefused(post("createUser", named(bytes)), 400);
    expect(body.error.message).toBe("The request's body holds bytes that are not UTF-8.");
    expect(body.error.data.code).toBe("BAD_REQUEST");
  });

  it.each([
    "createUser?batch=1",
    "resendVerification",
    "correctEmail",
    "verifyEmail",
    "inspectLink",
  ])("says the same to %s", async (path) => {
    const body = await expectRefused(post(path, named([0xff])), 400);
    expect(body.error.message).toContain("not UTF-8");
  });

  it("refuses UTF-16, with or without a byte order mark", async () => {
    const utf16 = Buffer.from(JSON.stringify(aSignup()), "utf16le");
    await expectRefused(post("createUser", utf16), 400);
    await expectRefused(post("createUser", Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])), 400);
  });

  it("accepts UTF-8 with a byte order mark, and keeps all of it", async () => {
    const { username } = aSignup();
    const input = JSON.stringify(aSignup({ username, fullName: "Jür 山 𐍈" }));
    expect((await post("createUser", `\ufeff${input}`)).status).toBe(200);
    const row = await database.db("users").where({ username }).first();
    expect(row.full_name).toBe("Jür 山 𐍈");
  });

  it.each(["%FF", "%C0%AF", "%ed%a0%80", "%E2%82"])(
    "says that %s in a query is not UTF-8",
    async (bad) => {
      for (const [name, input] of [
        ["usernameAvailable", `%7B%22username%22%3A%22${bad}%22%7D`],
        ["signupStatus", bad],
      ]) {
        const url = `http://localhost:3000/api/trpc/${name}?input=${input}`;
        const answer = await serve(new Request(url), services);
        expect(answer.status).toBe(400);
        expect((await answer.json()).error.message).toMatch(/query holds bytes that are not UTF-8/);
      }
    },
  );

  const json = (rest: string) => `application/json${rest}`;

  it.each([
    "; charset=iso-8859-1",
    ";charset=UTF-16",
    '; charset="us-ascii"',
    "; charset=utf-8; charset=latin1",
    "; charset=",
  ])("answers 415 to application/json%s", async (rest) => {
    const body = await expectRefused(
      post("createUser", JSON.stringify(aSignup()), json(rest)),
      415,
    );
    expect(body.error.message).toContain("UTF-8");
  });

  it.each([
    "; charset=utf-8",
    ";charset=UTF-8",
    '; charset="utf-8"',
    "; charset=utf8",
    "; foo=bar",
  ])("accepts application/json%s", async (rest) => {
    expect((await post("createUser", JSON.stringify(aSignup()), json(rest))).status).toBe(200);
  });

  it("answers 415 to a compressed body", async () => {
    const headers = { "content-type": "application/json", "content-encoding": "gzip" };
    const init = { method: "POST", headers, body: JSON.stringify(aSignup()) };
    const request = new Request("http://localhost:3000/api/trpc/createUser", init);
    expect((await serve(request, services)).status).toBe(415);
  });

  it("answers 413 to a body over 100 kB, with or without its length", async () => {
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
});
