import { describe, expect, it } from "vitest";
import { testApi } from "#src/testing/api.ts";
import { testDatabase } from "#src/testing/database.ts";
import { testServices, whenReady } from "#src/testing/services.ts";
import { aSignup } from "#src/testing/signup.ts";

const database = await testDatabase();
const services = await testServices(database);
await whenReady(services);
const { post, expectRefused } = testApi(services, database);

describe("a request that is none", () => {
  it.each([null, 7, [], "x"])("names every field where the body is %j", async (input) => {
    const body = await expectRefused(post("createUser", JSON.stringify(input)), 400);
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
});
