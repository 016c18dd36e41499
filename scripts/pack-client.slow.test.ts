import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { describe, expect, it, vi } from "vitest";
import { startApiServer } from "#test/fixtures/api-server.ts";
import { testDatabase } from "#test/fixtures/database.ts";
import {
  installPackage,
  notCompiled,
  PATIENCE,
  readExample,
  readManifest,
  run,
  TSC,
} from "#test/fixtures/install-package.ts";
import { testServices, whenReady } from "#test/fixtures/services.ts";

vi.setConfig({ testTimeout: PATIENCE });

const database = await testDatabase();
const services = await testServices(database);
await whenReady(services);
const server = await startApiServer(services);

// The types of Node are for one of the compilations alone.
const installed = installPackage("enlist-client", ["@types/node"]);
const { app } = installed;
const example = readExample("src/api-client");

/** A program that uses each method as its types say, and one as they forbid. */
const PROGRAM = `
import { createClient, EnlistError, type SignUpInput, type User } from "@enlist/client";

const enlist = createClient({ url: "https://accounts.example.com" });
const person: SignUpInput = { username: "a", fullName: "a", email: "a", password: "a" };
// @ts-expect-error -- the password is missing
export const bad: SignUpInput = { username: "a", fullName: "a", email: "a" };

export async function use(): Promise<User> {
  const stop = new AbortController();
  const { user } = await enlist.signUp(person, {
    signal: stop.signal,
    onRetry: ({ error, tries, waitMs }) => void [error.code, tries + waitMs],
  });
  for await (const { stage, attempt = 1 } of enlist.signupStatus()) void [stage === "sent", attempt];
  const { available } = await enlist.usernameAvailable({ username: "a" });
  const link = await enlist.inspectLink({ token: "a" });
  if (link.status === "open") void [available, link.email];
  await enlist.resendVerification();
  await enlist.verifyEmail({ code: "12345678" }).catch((error: unknown) => {
    if (error instanceof EnlistError && error.code === "UNAUTHORIZED") void error.fieldErrors;
  });
  return user;
}
`;

describe("the package @enlist/client", () => {
  it("contains the client and nothing else", () => {
    expect(notCompiled(installed.paths)).toEqual([
      "package/LICENSE",
      "package/README.md",
      "package/package.json",
    ]);
    const { dependencies, peerDependencies } = readManifest(
      join(app, "node_modules/@enlist/client"),
    );
    expect([dependencies, peerDependencies]).toEqual([undefined, undefined]);
    expect(readdirSync(join(app, "node_modules/@enlist"))).toEqual(["client"]);
  });

  it.each([
    ["a browser", ["--types", "", "--lib", "es2023,dom"]],
    ["Node", ["--types", "node", "--lib", "es2023"]],
  ])("has types that pass a strict compiler, for %s", async (_, lib) => {
    writeFileSync(join(app, "program.ts"), PROGRAM);
    // Only Node has the variable that the example reads.
    writeFileSync(join(app, "example.ts"), lib.includes("node") ? example : "");
    const strict = ["--noEmit", "--strict", "--exactOptionalPropertyTypes"];
    const options = [...strict, ...["--module", "nodenext", "--target", "es2023"], ...lib];
    await run(app, [process.execPath, TSC, ...options, "program.ts", "example.ts"]);
  });

  it("runs the README's example in an empty folder", async () => {
    writeFileSync(join(app, "example.mjs"), example);
    const env = { ENLIST_URL: server.url };
    const said = await run(app, [process.execPath, "example.mjs"], env);
    expect(said).toBe("alice signed up; the mail is on its way.\n");
    expect(await database.db("users").pluck("username")).toEqual(["alice"]);
    expect(await database.db("tx_jobs").pluck("name")).toEqual(["verify-email"]);
  });

  it("is small if bundled for a browser", async () => {
    const { outputFiles } = await build({
      stdin: { contents: 'export * from "@enlist/client"', resolveDir: app },
      ...{ bundle: true, minify: true, write: false, format: "esm", platform: "browser" },
    });
    expect(outputFiles[0]!.contents.length).toBeLessThan(6000);
  });
});
