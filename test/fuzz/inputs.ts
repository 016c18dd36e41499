import fc from "fast-check";
import type { AppRouter } from "#src/web/api/router.ts";
import { MARK } from "./fill-in.ts";
import { texts } from "./texts.ts";

/** Where verified people are led, and nowhere else. */
export const APPLICATION = "https://app.example";

/** What the application swaps codes with. It begins with what no log may hold. */
export const SECRET = `${MARK}-a-secret-of-the-application`;

/** A procedure's valid inputs. Words in braces are filled in when it is sent: see fill-in.ts. */
const VALID: Record<keyof AppRouter["_def"]["procedures"], Record<string, unknown>[]> = {
  createUser: [
    signup("fresh"),
    signup("own"),
    { ...signup("fresh"), username: "{own.username}" },
    { ...signup("fresh"), returnTo: `${APPLICATION}/cart?id=7`, state: "a state" },
    { ...signup("own"), returnTo: `${APPLICATION}/cart`, state: "another" },
    { ...signup("fresh"), invitation: "{own.token}" },
    { ...signup("fresh"), extra: { company: "x" }, acceptedTerms: "1" },
  ],
  usernameAvailable: [{ username: "{own.username}" }, { username: "{fresh.username}" }],
  signupStatus: [{}],
  resendVerification: [{}, { token: "{own.token}" }],
  correctEmail: [{ email: "{fresh.email}" }, { email: "{own.email}" }],
  inspectInvitation: [{ token: "{own.token}" }],
  inspectLink: [{ token: "{own.token}" }],
  verifyEmail: [
    { token: "{own.token}" },
    { token: "{own.token}", password: "{own.password}" },
    { code: "{own.code}" },
  ],
  handOff: [{}, { token: "{own.token}" }],
  discardSignup: [{ token: "{own.token}" }],
};

function signup(whose: "own" | "fresh"): Record<string, string> {
  const fields = ["requestId", "username", "fullName", "email", "password"];
  return Object.fromEntries(fields.map((field) => [field, `{${whose}.${field}}`]));
}

export const PROCEDURES = Object.keys(VALID) as (keyof typeof VALID)[];
export type Procedure = (typeof PROCEDURES)[number];

/** The body with which the application swaps a code; no generated request knows a real one. */
const SWAPS: Record<string, unknown>[] = [
  { code: "x".repeat(43) },
  { code: "x", state: "a state" },
];

/** What is no text, or none of any use. */
const values: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: texts },
  { weight: 1, arbitrary: fc.constantFrom(null, true, 0, -1, 1e308, 1e21, [], {}, [[]]) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom({ $ne: null }, { toString: 1 }, { length: 1e9 }, [""]) },
);

/** A valid input with one field that is another, or gone, or too many. */
function nearly(valid: Record<string, unknown>): fc.Arbitrary<string> {
  const names = Object.keys(valid);
  if (names.length === 0) return values.map((value) => JSON.stringify(value));
  const field = fc.constantFrom(...names);
  const replaced = fc.tuple(field, values).map(([name, value]) => ({ ...valid, [name]: value }));
  const edited = fc.tuple(field, texts, fc.boolean()).map(([name, text, before]) => ({
    ...valid,
    [name]: before ? text + String(valid[name]) : String(valid[name]) + text,
  }));
  const missing = field.map((name) => ({ ...valid, [name]: undefined }));
  const further = fc
    .tuple(fc.oneof(fc.constantFrom("__proto__", "constructor", "id", "isAdmin"), texts), values)
    .map(([name, value]) => JSON.stringify(valid).replace(/}$/, `,${pair(name, value)}}`));
  return fc.oneof(
    fc.oneof(replaced, edited, missing).map((input) => JSON.stringify(input)),
    further,
  );
}

function pair(name: string, value: unknown): string {
  return `${JSON.stringify(name)}:${JSON.stringify(value)}`;
}

/** What is no input at all, or no JSON. */
const broken = fc.oneof(
  fc.constantFrom("", "{", "[", '"', "nul", "{}{}", "\ufeff{}", '{"a":1,}', "{'a':1}", "NaN", "-"),
  fc.constantFrom(500, 20_000).map((depth) => "[".repeat(depth) + "]".repeat(depth)),
  fc.constantFrom(500, 10_000).map((depth) => '{"a":'.repeat(depth) + "1" + "}".repeat(depth)),
  fc.constant(`{"__proto__":${JSON.stringify(signup("fresh"))}}`),
  fc.constant(JSON.stringify([signup("fresh")])),
  fc.constant(JSON.stringify({ json: signup("fresh") })),
  fc.constant('--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n'),
  fc.constant(`{"username":"{fresh.username}","username":1}`),
  fc.constantFrom(99_000, 101_000, 300_000).map((length) => JSON.stringify("x".repeat(length))),
  fc.json(),
  texts,
);

/** The JSON of one procedure's input: right, nearly right, or nothing of the kind. */
export const inputs = (procedure: Procedure) => inputsLike(VALID[procedure]);

/** The JSON with which the application swaps a code, or nothing of the kind. */
export const swaps = inputsLike(SWAPS);

function inputsLike(valid: Record<string, unknown>[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...valid).map((input) => JSON.stringify(input)) },
    { weight: 6, arbitrary: fc.constantFrom(...valid).chain(nearly) },
    { weight: 1, arbitrary: broken },
  );
}
