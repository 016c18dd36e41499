import { readdirSync } from "node:fs";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import type { inferRouterOutputs } from "@trpc/server";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import * as z from "zod/mini";
import type { ReadinessCheck } from "#src/platform/health/readiness.ts";
import {
  correctEmailSchema,
  createUserSchemaOf,
  handOffSchema,
  linkSchema,
  resendVerificationSchema,
  usernameAvailableSchema,
  verifyEmailSchema,
} from "#src/shared/signup-schema.ts";
import type { ApplicationUser } from "#src/signup/application-user.ts";
import { USUAL_ENV, USUAL_FORM } from "#test/system/person.ts";
import { appRouter, type AppRouter } from "../api/router.ts";
import { describeApi } from "./describe-api.ts";
import type { handedOffSchema } from "./hand-off.ts";
import type { OUTPUTS } from "./outputs.ts";
import type { readinessSchema } from "./probes.ts";

const document = describeApi({ APP_URL: "https://accounts.example.org", ...USUAL_ENV });

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
ajv.addSchema(document, "api");

/** Whether the document's schema of this name accepts the value. */
const accepts = (name: string, value: unknown) =>
  ajv.getSchema(`api#/components/schemas/${name}`)!(value) === true;

/** Paths for the operator, or of the document itself. */
const UNDESCRIBED = ["metrics", "openapi.json"];

describe("the OpenAPI document", () => {
  it("passes the linter", async () => {
    const config = await createConfig({ extends: ["recommended-strict"] });
    const lint = async (source: object) => {
      const problems = await lintFromString({ source: JSON.stringify(source), config });
      return problems.map(({ ruleId, message }) => `${ruleId}: ${message}`);
    };
    expect(await lint(document)).toEqual([]);
    expect(await lint({ ...document, paths: {} })).not.toEqual([]);
  });

  it("describes every procedure and every route, and nothing else", () => {
    const procedures = Object.keys(appRouter._def.procedures).map((name) => `trpc/${name}`);
    const routes = readdirSync(new URL("../../app/api", import.meta.url)).filter(
      (name) => name !== "trpc" && !UNDESCRIBED.includes(name),
    );
    const described = Object.keys(document.paths).map((path) => path.replace("/api/", ""));
    expect(described.toSorted()).toEqual([...procedures, ...routes].toSorted());
  });

  it("names the cookie of this installation", () => {
    const nameAt = (APP_URL: string) =>
      describeApi({ APP_URL, ...USUAL_ENV }).components.securitySchemes.signupCookie!.name;
    expect(nameAt("https://accounts.example.org")).toBe("__Host-enlist_signup");
    expect(nameAt("http://localhost:3000")).toBe("enlist_signup");
  });

  it("has the router's outputs", () => {
    type Outputs = inferRouterOutputs<AppRouter>;
    type Described = { [Name in keyof typeof OUTPUTS]: z.output<(typeof OUTPUTS)[Name]> };
    expectTypeOf<Omit<Described, "signupStatus">>().toEqualTypeOf<Omit<Outputs, "signupStatus">>();
    type Streamed = Outputs["signupStatus"] extends AsyncIterable<infer Value> ? Value : never;
    expectTypeOf<Described["signupStatus"]>().toEqualTypeOf<Streamed>();
    expectTypeOf<z.output<typeof handedOffSchema>["user"]>().toEqualTypeOf<ApplicationUser>();
    expectTypeOf<z.output<typeof readinessSchema>>().toMatchTypeOf<
      Awaited<ReturnType<ReadinessCheck>>
    >();
  });

  it("shows a sign-up that the server would take", () => {
    const { requestBody } = document.paths["/api/trpc/createUser"]!.post!;
    const { example } = requestBody!.content["application/json"]!;
    expect(z.safeParse(createUserSchemaOf(USUAL_FORM), example).success).toBe(true);
    expect(accepts("CreateUserInput", example)).toBe(true);
  });
});

const UUID = "0b0f7a3e-7a44-4c5e-9f0e-3f5a1c2b4d6e";
const VALID = {
  requestId: UUID,
  username: "alice",
  fullName: "Álice 𠮷",
  email: "alice@example.com",
  password: "vexed-otter-lantern-42",
  token: "0a".repeat(48),
  returnTo: "https://app.example.org/",
  state: "a state",
  code: "4590 8452",
};

/** A text that may well be valid: what is around it is trimmed, or not. */
const text = (valid: string) =>
  fc.oneof(
    fc
      .tuple(fc.constantFrom("", " ", "\u200b\t", "x"), fc.constantFrom("", "\u00a0", "\n", "9"))
      .map(([before, after]) => before + valid + after),
    fc.constantFrom(
      valid.toUpperCase(),
      valid.normalize("NFD"),
      "ﷺ",
      "𠮷".repeat(100),
      "",
      1,
      null,
    ),
    fc.string({ unit: "binary", maxLength: 300 }),
  );

const inputs = fc.record(
  Object.fromEntries(Object.entries(VALID).map(([name, valid]) => [name, text(valid)])),
  { requiredKeys: [] },
);

/** All fields, valid but for one at most. */
const oneOff = fc
  .constantFrom(...(Object.keys(VALID) as (keyof typeof VALID)[]))
  .chain((name) => text(VALID[name]).map((value) => ({ ...VALID, [name]: value })));

describe("the schema of an input", () => {
  it.each([
    ["CreateUserInput", createUserSchemaOf(USUAL_FORM)],
    ["UsernameAvailableInput", usernameAvailableSchema],
    ["CorrectEmailInput", correctEmailSchema],
    ["ResendVerificationInput", resendVerificationSchema],
    ["VerifyEmailInput", verifyEmailSchema],
    ["InspectLinkInput", linkSchema],
    ["HandOffInput", handOffSchema],
    ["DiscardSignupInput", linkSchema],
  ])("%s accepts whatever the server does", (name, schema) => {
    const property = fc.property(fc.oneof(inputs, oneOff), (input) => {
      return accepts(name, input) || !z.safeParse(schema, input).success;
    });
    fc.assert(property, { numRuns: 1000 });
  });

  it.each([
    ["CreateUserInput", { ...VALID, username: undefined }],
    ["CreateUserInput", { ...VALID, username: 1 }],
    ["CreateUserInput", { ...VALID, requestId: "1" }],
    ["VerifyEmailInput", {}],
    ["VerifyEmailInput", { token: "x", code: "12345678" }],
    ["InspectLinkInput", { token: "x".repeat(201) }],
  ])("%s refuses %j", (name, input) => {
    expect(accepts(name, JSON.parse(JSON.stringify(input)))).toBe(false);
  });
});
