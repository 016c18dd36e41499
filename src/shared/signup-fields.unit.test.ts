import { describe, expect, it } from "vitest";
import { z as classic } from "zod";
import * as z from "zod/mini";
import { aPerson, USUAL_FORM } from "#test/system/person.ts";
import type { ExtraField } from "./brand-config.ts";
import type { FormSettings } from "./form-settings.ts";
import { signupFieldsOf } from "./signup-fields.ts";

const { email, password, username, fullName } = aPerson();
const least = { email, password };

const company: ExtraField = {
  name: "company",
  label: "Company",
  schema: z.string().check(z.minLength(2), z.maxLength(80)),
};

/** What a form makes of an input: its values, or the keys of what is wrong with each field. */
function read(
  form: Partial<FormSettings>,
  input: object,
  brand: Parameters<typeof signupFieldsOf>[1] = {},
) {
  const parsed = z.safeParse(signupFieldsOf({ ...USUAL_FORM, ...form }, brand), input);
  return parsed.success ? parsed.data : z.flattenError(parsed.error).fieldErrors;
}

describe("a form without usernames or names", () => {
  const form = { usernames: "off", fullNames: "off" } as const;

  it("needs neither", () => expect(read(form, least)).toEqual(least));

  it("refuses what would be lost", () => {
    expect(read(form, { ...least, username, fullName, extra: {}, acceptedTerms: "1" })).toEqual({
      username: ["field_unasked"],
      fullName: ["field_unasked"],
      extra: ["field_unasked"],
      acceptedTerms: ["field_unasked"],
    });
  });
});

describe("a name that is optional", () => {
  const form = { fullNames: "optional" } as const;

  it.each([undefined, "", "  ", "\u200b"])("may be left out: %j", (given) => {
    const { fullName: name = "" } = read(form, { ...least, username, fullName: given }) as {
      fullName?: string;
    };
    expect(name).toBe("");
  });

  it("is checked if it is given", () => {
    expect(read(form, { ...least, username, fullName: "<b>" })).toEqual({
      fullName: ["name_characters"],
    });
    expect(read(form, { ...least, username, fullName: ` ${fullName} ` })).toMatchObject({
      fullName,
    });
  });
});

describe("terms to accept", () => {
  const terms = (acceptedTerms: unknown) =>
    read({ terms: "accept" }, { ...aPerson(), acceptedTerms }, { termsVersion: "2026-11-01" });

  it("are kept by their version", () => {
    expect(terms("2026-11-01")).toMatchObject({ acceptedTerms: "2026-11-01" });
  });

  it.each([
    [undefined, "terms_missing"],
    ["2025-01-01", "terms_changed"],
    [true, "terms_changed"],
  ])("are not accepted by %j", (given, reason) => {
    expect(terms(given)).toEqual({ acceptedTerms: [reason] });
  });
});

describe("a field of the adopter's own", () => {
  const own = (extra: unknown, schema = company.schema) =>
    read({}, { ...aPerson(), extra }, { extraField: { ...company, schema } });

  it("is kept by its name, trimmed", () => {
    expect(own({ company: " ACME\u200b" })).toMatchObject({ extra: { company: "ACME" } });
  });

  it("may hold what looks like an escape", () => {
    const value = String.raw`C:\udata\u0000`;
    expect(own({ company: value })).toMatchObject({ extra: { company: value } });
  });

  it.each([
    undefined,
    {},
    { company: "" },
    { company: "A" },
    { company: 7 },
    { company: "a".repeat(2000) },
    { company: ["ACME"] },
    "ACME",
    [],
    null,
    { company: "ACME", more: 1 },
  ])("is refused by its own reason: %j", (extra) => {
    expect(own(extra)).toEqual({ extra: ["extra_invalid"] });
  });

  it.each(["a\0b", "a\u202eb"])("holds no character that cannot be seen: %j", (value) => {
    expect(own({ company: value })).toEqual({
      extra: [expect.stringMatching(/^invisible_character:/)],
    });
  });

  it.each<[what: string, schema: ExtraField["schema"]]>([
    [
      "throws",
      z.pipe(
        z.string(),
        z.transform(() => JSON.parse("{")),
      ),
    ],
    ["is asynchronous after all", z.string().check(z.refine(() => Promise.resolve(true)))],
    [
      "makes a NUL",
      z.pipe(
        z.string(),
        z.transform(() => "\0"),
      ),
    ],
    [
      "makes half a character",
      z.pipe(
        z.string(),
        z.transform(() => "\ud800"),
      ),
    ],
    [
      "makes what is no JSON",
      z.pipe(
        z.string(),
        z.transform(() => 1n),
      ),
    ],
  ])("is refused if its schema %s", (_, schema) => {
    expect(own({ company: "ACME" }, schema)).toEqual({ extra: ["extra_invalid"] });
  });

  it("may be optional, of full zod, and something else than a text", () => {
    const number = classic.coerce.number().int().optional();
    expect(own({ company: "7" }, number)).toMatchObject({ extra: { company: 7 } });
    expect(own(undefined, z.optional(z.string()))).toMatchObject({ email: expect.anything() });
    expect(own({ company: "seven" }, number)).toEqual({ extra: ["extra_invalid"] });
  });
});
